using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Platform.Tests;

/// <summary>A client of the public realtime endpoint, as a partner would write one.</summary>
public sealed class RealtimeSocket : IAsyncDisposable
{
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(20);

    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly byte[] _buffer = new byte[256 * 1024];

    private RealtimeSocket()
    {
    }

    public string SessionId { get; private set; } = "";

    /// <summary>Everything received so far.</summary>
    public List<JsonElement> Events { get; } = [];

    public static async Task<RealtimeSocket> ConnectAsync(Uri url, string apiKey)
    {
        var client = new RealtimeSocket();
        client._socket.Options.AddSubProtocol("realtime");
        client._socket.Options.AddSubProtocol($"openai-insecure-api-key.{apiKey}");
        await client._socket.ConnectAsync(url, CancellationToken.None).OrTimeout();
        client.SessionId = (await client.ReceiveAsync("session.created")).GetProperty("session").GetProperty("id").GetString()!;
        return client;
    }

    public Task SendAsync(object message) => SendAsync(JsonSerializer.SerializeToUtf8Bytes(message));

    /// <summary>As it is, whatever it is.</summary>
    public Task SendTextAsync(string message) => SendAsync(Encoding.UTF8.GetBytes(message));

    private async Task SendAsync(byte[] message)
    {
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(message, WebSocketMessageType.Text, true, CancellationToken.None).OrTimeout();
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>24 kHz, 16-bit mono, at the speed it is spoken.</summary>
    public async Task SpeakAsync(byte[] pcm, CancellationToken cancellationToken = default)
    {
        const int FrameBytes = 24_000 / 50 * 2;
        using var clock = new PeriodicTimer(Frame, TimeProvider.System);
        for (var at = 0; at < pcm.Length; at += FrameBytes)
        {
            var audio = Convert.ToBase64String(pcm.AsSpan(at, Math.Min(FrameBytes, pcm.Length - at)));
            await SendAsync(new { type = "input_audio_buffer.append", audio });
            await clock.WaitForNextTickAsync(cancellationToken);
        }
    }

    /// <summary>The next event of this type; what comes before it is kept in <see cref="Events"/>.</summary>
    public async Task<JsonElement> ReceiveAsync(string type, TimeSpan? limit = null)
    {
        return await Async().OrTimeout(limit ?? TimeSpan.FromSeconds(60), $"event {type}; last was {(Events.Count > 0 ? Events[^1] : default)}");

        async Task<JsonElement> Async()
        {
            while (true)
            {
                var next = await NextAsync();
                if (next.GetProperty("type").GetString() == type)
                {
                    return next;
                }
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_socket.State == WebSocketState.Open)
            {
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "OK", CancellationToken.None).OrTimeout();
            }
        }
        catch (WebSocketException)
        {
            // The server was killed; there is nobody to say goodbye to.
        }

        _socket.Dispose();
        _sending.Dispose();
    }

    private async Task<JsonElement> NextAsync()
    {
        using var message = new MemoryStream();
        WebSocketReceiveResult received;
        do
        {
            received = await _socket.ReceiveAsync(new ArraySegment<byte>(_buffer), CancellationToken.None);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                throw new InvalidOperationException($"The server closed the conversation: {received.CloseStatus} {received.CloseStatusDescription}");
            }

            message.Write(_buffer, 0, received.Count);
        }
        while (!received.EndOfMessage);

        var json = JsonDocument.Parse(Encoding.UTF8.GetString(message.ToArray())).RootElement;
        Events.Add(json);
        return json;
    }
}
