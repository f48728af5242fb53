using System.Buffers;
using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Voice.Client;

/// <summary>
/// One connection that speaks OpenAI Realtime (GA): JSON events both ways. One reader and any number of senders at a time; sends are
/// serialised inside.
/// </summary>
public sealed class RealtimeClient : IAsyncDisposable
{
    private const int MaximumEvent = 16 * 1024 * 1024;

    /// <summary>The address itself is unknown, not the agent.</summary>
    private const string NothingThere = "not_found";

    private static readonly TimeSpan HandshakeLimit = TimeSpan.FromSeconds(15);

    // A network that went away says nothing: a connection that is to be replaced has to answer now and then.
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PongWithin = TimeSpan.FromSeconds(10);

    private readonly WebSocket _socket;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly ArrayBufferWriter<byte> _received = new(16 * 1024);

    private RealtimeClient(WebSocket socket, TimeProvider time)
    {
        _socket = socket;
        _time = time;
    }

    /// <summary>The connection ended without a goodbye by either side.</summary>
    internal bool Broken { get; private set; }

    /// <summary>Opens the connection. Throws <see cref="RealtimeException"/> that says who refused and why.</summary>
    public static Task<RealtimeClient> ConnectAsync(
        RealtimeEndpoint endpoint, string? agent, TimeProvider time, CancellationToken cancellationToken) =>
        ConnectAsync(endpoint, endpoint.ForAgent(agent), agent, keepAlive: false, time, cancellationToken);

    internal static async Task<RealtimeClient> ConnectAsync(
        RealtimeEndpoint endpoint, Uri address, string? agent, bool keepAlive, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(HandshakeLimit, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var socket = new ClientWebSocket();
        using var refusal = new HandshakeRefusal(new SocketsHttpHandler());
        using var invoker = new HttpMessageInvoker(refusal, disposeHandler: false);
        socket.Options.CollectHttpResponseDetails = true;
        if (keepAlive)
        {
            socket.Options.KeepAliveInterval = PingEvery;
            socket.Options.KeepAliveTimeout = PongWithin;
        }

        if (endpoint.Credential is not null)
        {
            socket.Options.SetRequestHeader("Authorization", "Bearer " + endpoint.Credential);
        }

        try
        {
            await socket.ConnectAsync(address, invoker, linked.Token);
            return new RealtimeClient(socket, time);
        }
        catch (Exception failure) when (failure is WebSocketException or HttpRequestException or OperationCanceledException)
        {
            socket.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw Explain(endpoint.Url, agent, refusal, limit.IsCancellationRequested, failure);
        }
    }

    /// <summary>Appends to the input audio buffer: 16-bit little-endian mono PCM at the rate of the session.</summary>
    public Task AppendAudioAsync(ReadOnlyMemory<byte> pcm, CancellationToken cancellationToken)
    {
        // Written by hand: 50 times a second, and the base64 text goes straight into the frame.
        var prefix = "{\"type\":\"input_audio_buffer.append\",\"audio\":\""u8;
        var suffix = "\"}"u8;
        var frame = ArrayPool<byte>.Shared.Rent(prefix.Length + Base64.GetMaxEncodedToUtf8Length(pcm.Length) + suffix.Length);
        prefix.CopyTo(frame);
        Base64.EncodeToUtf8(pcm.Span, frame.AsSpan(prefix.Length), out _, out var written);
        suffix.CopyTo(frame.AsSpan(prefix.Length + written));
        return SendAndReturnAsync(frame, prefix.Length + written + suffix.Length, cancellationToken);
    }

    public Task SendAsync(JsonObject clientEvent, CancellationToken cancellationToken) =>
        SendFrameAsync(JsonSerializer.SerializeToUtf8Bytes(clientEvent), cancellationToken);

    /// <summary>Every event until the server closes normally; throws <see cref="RealtimeException"/> where the connection breaks.</summary>
    public async IAsyncEnumerable<RealtimeEvent> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await ReadAsync(cancellationToken) is { } received)
        {
            yield return received;
        }
    }

    /// <summary>Says goodbye; the reader ends when the server has answered it.</summary>
    public async Task CloseOutputAsync(CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken);
        try
        {
            if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "OK", cancellationToken);
            }
        }
        catch (WebSocketException)
        {
            // Nothing more is wanted from a peer that has gone already.
            _socket.Abort();
        }
        finally
        {
            _sending.Release();
        }
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _sending.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Null where the server closed normally.</summary>
    internal async Task<RealtimeEvent?> ReadAsync(CancellationToken cancellationToken)
    {
        _received.ResetWrittenCount();
        while (true)
        {
            var part = await ReceiveAsync(cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return _socket.CloseStatus is WebSocketCloseStatus.NormalClosure or WebSocketCloseStatus.Empty
                    ? null
                    : throw new RealtimeException(
                        RealtimeFailure.ConnectionLost,
                        $"The platform closed the conversation: {_socket.CloseStatusDescription ?? _socket.CloseStatus?.ToString()}");
            }

            _received.Advance(part.Count);
            if (_received.WrittenCount > MaximumEvent)
            {
                throw new RealtimeException(RealtimeFailure.Protocol, $"The server sent an event of more than {MaximumEvent} bytes.");
            }

            if (part.EndOfMessage)
            {
                return Parse(_received.WrittenMemory, _time.GetTimestamp());
            }
        }
    }

    private async ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _socket.ReceiveAsync(_received.GetMemory(8 * 1024), cancellationToken);
        }
        catch (Exception failure) when (failure is WebSocketException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // Cancelled by nobody here: no answer to a ping, and the socket gave itself up.
            Broken = true;
            throw new RealtimeException(RealtimeFailure.ConnectionLost, "The connection to the platform was lost during the conversation.", failure);
        }
    }

    private static RealtimeEvent Parse(ReadOnlyMemory<byte> json, long receivedAt)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var body = document.RootElement.Clone();
            return body.ValueKind == JsonValueKind.Object
                && body.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String
                    ? new RealtimeEvent(type.GetString()!, body, receivedAt)
                    : throw new RealtimeException(RealtimeFailure.Protocol, "The server sent an event without a type.");
        }
        catch (JsonException failure)
        {
            throw new RealtimeException(RealtimeFailure.Protocol, "The server sent something that is not JSON.", failure);
        }
    }

    private async Task SendAndReturnAsync(byte[] frame, int length, CancellationToken cancellationToken)
    {
        try
        {
            await SendFrameAsync(frame.AsMemory(0, length), cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(frame);
        }
    }

    private async Task SendFrameAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken);
        try
        {
            await _socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        }
        catch (WebSocketException failure)
        {
            throw new RealtimeException(RealtimeFailure.ConnectionLost, "The connection to the platform was lost during the conversation.", failure);
        }
        finally
        {
            _sending.Release();
        }
    }

    private static RealtimeException Explain(Uri url, string? agent, HandshakeRefusal refusal, bool timedOut, Exception failure) =>
        refusal.Status switch
        {
            null when timedOut => new(RealtimeFailure.Unreachable, $"{url} did not answer within {HandshakeLimit.TotalSeconds:0} s.", failure),
            null => new(RealtimeFailure.Unreachable, $"No platform answers at {url}: {Innermost(failure)}", failure),
            HttpStatusCode.Unauthorized => new(
                RealtimeFailure.Unauthorized, $"The platform refused the credential: {refusal.Reason ?? "401 Unauthorized"}", failure),
            HttpStatusCode.NotFound when agent is not null && refusal.Code != NothingThere => new(
                RealtimeFailure.UnknownAgent, refusal.Reason ?? $"The platform has no agent '{agent}'.", failure),
            var status => new(
                RealtimeFailure.Refused, $"The platform refused the conversation ({(int)status.Value}): {refusal.Reason ?? status.ToString()}", failure),
        };

    private static string Innermost(Exception failure)
    {
        var cause = failure.GetBaseException();
        return cause is SocketException socket ? socket.Message : cause.Message.ReplaceLineEndings(" ");
    }
}
