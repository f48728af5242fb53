using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using Voice.Core.Providers;

namespace Voice.Inference.Providers.Sockets;

/// <summary>
/// A WebSocket to a provider: what goes wrong with it is a <see cref="ProviderException"/>. One reader and one writer at a time.
/// Disposing cuts the connection, unless it was closed before.
/// </summary>
internal sealed class ProviderSocket : IAsyncDisposable
{
    public const int LongestMessage = 4 * 1024 * 1024;

    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    private readonly ClientWebSocket _socket;
    private readonly string _who;
    private readonly TimeSpan _limit;
    private readonly TimeProvider _time;
    private byte[] _buffer = new byte[16 * 1024];

    private ProviderSocket(ClientWebSocket socket, string who, TimeSpan limit, TimeProvider time) => (_socket, _who, _limit, _time) = (socket, who, limit, time);

    /// <summary>Why the service closed; null where it has not, or did not say.</summary>
    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    public string? CloseReason => _socket.CloseStatusDescription;

    /// <param name="address">ws or wss; http and https are taken for them.</param>
    /// <param name="headers">Keys among them: never in messages.</param>
    /// <param name="limit">The longest wait for the handshake, and for each message.</param>
    public static async Task<ProviderSocket> ConnectAsync(
        Uri address, IEnumerable<KeyValuePair<string, string>> headers, string who, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        // A line that is cut without a word is noticed, also while nothing is owed.
        socket.Options.KeepAliveInterval = KeepAlive;
        socket.Options.KeepAliveTimeout = KeepAlive;
        foreach (var (name, value) in headers)
        {
            socket.Options.SetRequestHeader(name, value);
        }

        using var silence = new SilenceLimit(limit, time, cancellationToken);
        try
        {
            await socket.ConnectAsync(WebSocketAddress(address), silence.Token);
            return new ProviderSocket(socket, who, limit, time);
        }
        catch (WebSocketException failure)
        {
            using (socket)
            {
                throw Refusal(socket, who, failure, time);
            }
        }
        catch (OperationCanceledException failure)
        {
            socket.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw new ProviderException("provider_unavailable", $"{who} did not answer in time.", failure);
        }
    }

    public ValueTask SendTextAsync(ReadOnlyMemory<byte> utf8, CancellationToken cancellationToken) => SendAsync(utf8, WebSocketMessageType.Text, cancellationToken);

    public ValueTask SendBinaryAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) => SendAsync(payload, WebSocketMessageType.Binary, cancellationToken);

    /// <summary>The next message; null where the service has closed the connection in order.</summary>
    /// <param name="isIdle">Nothing is owed by the service: it may be silent for any time.</param>
    public async ValueTask<SocketMessage?> ReceiveAsync(CancellationToken cancellationToken, bool isIdle = false)
    {
        using var silence = new SilenceLimit(isIdle ? Timeout.InfiniteTimeSpan : _limit, _time, cancellationToken);
        try
        {
            var length = 0;
            while (true)
            {
                if (length == _buffer.Length)
                {
                    Grow();
                }

                var part = await _socket.ReceiveAsync(_buffer.AsMemory(length), silence.Token);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    return null;
                }

                length += part.Count;
                if (part.EndOfMessage)
                {
                    return new SocketMessage(part.MessageType, _buffer.AsMemory(0, length));
                }
            }
        }
        catch (Exception failure) when (StreamFailures.Translate(failure, silence, _who) is { } known)
        {
            throw known;
        }
    }

    /// <summary>Says good-bye, where the service still listens. Never fails.</summary>
    public async Task CloseAsync()
    {
        using var limit = new CancellationTokenSource(CloseLimit, _time);
        try
        {
            if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, limit.Token);
            }
        }
        catch (Exception failure) when (failure is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // It is gone, which is what was wanted.
        }
    }

    public ValueTask DisposeAsync()
    {
        Abort();
        return ValueTask.CompletedTask;
    }

    /// <summary>Cuts the connection; it cannot be used again.</summary>
    public void Abort()
    {
        _socket.Abort();
        _socket.Dispose();
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> payload, WebSocketMessageType type, CancellationToken cancellationToken)
    {
        using var silence = new SilenceLimit(_limit, _time, cancellationToken);
        try
        {
            await _socket.SendAsync(payload, type, endOfMessage: true, silence.Token);
        }
        catch (Exception failure) when (StreamFailures.Translate(failure, silence, _who) is { } known)
        {
            throw known;
        }
        catch (ObjectDisposedException failure)
        {
            throw new ProviderException("provider_failed", $"The connection to {_who} broke off.", failure);
        }
    }

    private void Grow()
    {
        if (_buffer.Length >= LongestMessage)
        {
            throw new InvalidDataException("A message does not end.");
        }

        Array.Resize(ref _buffer, Math.Min(2 * _buffer.Length, LongestMessage));
    }

    private static ProviderException Refusal(ClientWebSocket socket, string who, WebSocketException failure, TimeProvider time) =>
        socket.HttpStatusCode is 0 or HttpStatusCode.OK or HttpStatusCode.SwitchingProtocols
            ? new ProviderException("provider_unavailable", $"{who} cannot be reached.", failure)
            : ProviderHttp.Refusal(who, socket.HttpStatusCode, retryAfter: RetryAfter(socket, time));

    private static TimeSpan? RetryAfter(ClientWebSocket socket, TimeProvider time)
    {
        if (socket.HttpResponseHeaders?.TryGetValue("Retry-After", out var values) is not true || values.FirstOrDefault() is not { } value)
        {
            return null;
        }

        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds)
            : DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, out var date) && date - time.GetUtcNow() is { Ticks: > 0 } wait ? wait
            : null;
    }

    private static Uri WebSocketAddress(Uri address) => address.Scheme switch
    {
        "http" => new UriBuilder(address) { Scheme = "ws", Port = address.Port }.Uri,
        "https" => new UriBuilder(address) { Scheme = "wss", Port = address.Port }.Uri,
        _ => address,
    };
}
