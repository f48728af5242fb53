using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Voice.Core.Audio;

namespace Voice.Api.Tests.Realtime;

/// <summary>A client of the protocol that keeps what it was told.</summary>
internal sealed class RealtimeClient : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[4 * 1024 * 1024];

    public List<JsonElement> Events { get; } = [];

    /// <summary>Binary messages, whole.</summary>
    public List<byte[]> Binary { get; } = [];

    public IEnumerable<string> Types => Events.Select(Type);

    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    public string? CloseReason => _socket.CloseStatusDescription;

    public string? Subprotocol => _socket.SubProtocol;

    public ClientWebSocket Socket => _socket;

    public static string Type(JsonElement e) => e.GetProperty("type").GetString()!;

    public Task ConnectAsync(Uri address, string token)
    {
        _socket.Options.AddSubProtocol("realtime");
        _socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        return _socket.ConnectAsync(address, CancellationToken.None).OrTimeout();
    }

    public Task SendAsync(string text) => SendRawAsync(Encoding.UTF8.GetBytes(text));

    public Task SendRawAsync(byte[] message, WebSocketMessageType type = WebSocketMessageType.Text) =>
        _socket.SendAsync(message, type, endOfMessage: true, CancellationToken.None).OrTimeout();

    public Task AppendAsync(ReadOnlySpan<byte> pcm) =>
        SendAsync($$"""{"type":"input_audio_buffer.append","audio":"{{Convert.ToBase64String(pcm)}}"}""");

    /// <summary>Speech made of numbers, then silence: one turn for the server's ear, sent at once.</summary>
    public async Task SpeakAsync(double seconds = 1, double silence = 1, int rate = 24_000)
    {
        var samples = Voice(seconds, silence, rate);
        for (var at = 0; at < samples.Length; at += rate / 10)
        {
            await AppendAsync(Pcm16.Bytes(samples.AsSpan(at, Math.Min(rate / 10, samples.Length - at))));
        }
    }

    public static short[] Voice(double seconds = 1, double silence = 1, int rate = 24_000)
    {
        var samples = new short[(int)((seconds + silence) * rate)];
        for (var i = 0; i < (int)(seconds * rate); i++)
        {
            var t = (double)i / rate;
            // A pitch that moves, as no tone's does: 130 Hz, 20 up and down.
            var cycles = (130 * t) + (20 * (1 - Math.Cos(2 * Math.PI * 0.7 * t)) / (2 * Math.PI * 0.7));
            var sum = Enumerable.Range(1, 20).Sum(h => Math.Sin(2 * Math.PI * h * cycles) / (1 + (Math.Abs((130 * h) - 700) / 400.0)));
            samples[i] = (short)(3_000 * Math.Pow(Math.Sin(Math.PI * 4 * t), 2) * sum);
        }

        return samples;
    }

    /// <summary>Reads until an event of this type, and gives it.</summary>
    public async Task<JsonElement> UntilAsync(string type)
    {
        while (await NextAsync() is { } next)
        {
            if (Type(next) == type)
            {
                return next;
            }
        }

        throw new InvalidOperationException($"The server closed ({CloseStatus} {CloseReason}) before {type}; it said: {string.Join(", ", Types)}");
    }

    public async Task<JsonElement> ErrorAsync() => (await UntilAsync("error")).GetProperty("error");

    public async Task UntilClosedAsync()
    {
        while (await NextAsync() is not null)
        {
        }
    }

    public async Task<JsonElement?> NextAsync()
    {
        var length = 0;
        ValueWebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(_buffer.AsMemory(length), CancellationToken.None).AsTask().OrTimeout();
            length += part.Count;
        }
        while (!part.EndOfMessage);

        if (part.MessageType == WebSocketMessageType.Close)
        {
            return null;
        }

        if (part.MessageType == WebSocketMessageType.Binary)
        {
            Binary.Add(_buffer[..length]);
            return await NextAsync();
        }

        var next = JsonSerializer.Deserialize<JsonElement>(_buffer.AsSpan(0, length));
        Events.Add(next);
        return next;
    }

    public async Task CloseAsync()
    {
        if (_socket.State == WebSocketState.Open)
        {
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "OK", CancellationToken.None).OrTimeout();
            await UntilClosedAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _socket.Dispose();
    }
}
