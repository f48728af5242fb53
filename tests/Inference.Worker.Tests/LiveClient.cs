using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Voice.Inference.Tests;

/// <summary>A client of the live transcription WebSocket.</summary>
public sealed class LiveClient(WebSocket socket) : IAsyncDisposable
{
    private readonly byte[] _buffer = new byte[256 * 1024];

    public static async Task<LiveClient> ConnectAsync(ServiceFactory<Program> factory, string query)
    {
        var client = factory.Server.CreateWebSocketClient();
        client.ConfigureRequest = request => request.Headers.Authorization = $"Bearer {TestIdentity.Token()}";
        var socket = await client.ConnectAsync(new Uri(factory.Server.BaseAddress, $"/v1/realtime{query}"), CancellationToken.None).OrTimeout();
        return new LiveClient(socket);
    }

    public WebSocket Socket => socket;

    public Task SendAsync(object message) => SendTextAsync(JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(message))!.ToJsonString());

    public Task SendTextAsync(string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None).OrTimeout();

    public async Task SendAudioAsync(ReadOnlyMemory<byte> pcm, int block = 3_200)
    {
        for (var at = 0; at < pcm.Length; at += block)
        {
            await socket.SendAsync(pcm.Slice(at, Math.Min(block, pcm.Length - at)), WebSocketMessageType.Binary, true, CancellationToken.None).AsTask().OrTimeout();
        }
    }

    public Task UpdateAsync(int rate = 16_000, string? model = null, string? prompt = null, string language = "en") => SendAsync(new
    {
        type = "session.update",
        session = new
        {
            type = "transcription",
            audio = new { input = new { format = new { type = "audio/pcm", rate }, transcription = new { model, language, prompt }, turn_detection = (object?)null } },
        },
    });

    public Task CommitAsync() => SendAsync(new { type = "input_audio_buffer.commit" });

    public async Task<JsonNode> ReceiveAsync()
    {
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(_buffer.AsMemory(length), CancellationToken.None).AsTask().OrTimeout();
            Assert.NotEqual(WebSocketMessageType.Close, part.MessageType);
            length += part.Count;
            if (part.EndOfMessage)
            {
                return JsonNode.Parse(_buffer.AsSpan(0, length))!;
            }
        }
    }

    /// <summary>The next event of a type; those before it are passed to <paramref name="others"/>.</summary>
    public async Task<JsonNode> ReceiveAsync(string type, Action<JsonNode>? others = null)
    {
        while (true)
        {
            var received = await ReceiveAsync();
            if ((string?)received["type"] == type)
            {
                return received;
            }

            others?.Invoke(received);
        }
    }

    public Task<JsonNode> ReceiveTranscriptAsync(Action<JsonNode>? others = null) =>
        ReceiveAsync("conversation.item.input_audio_transcription.completed", others);

    public ValueTask DisposeAsync()
    {
        socket.Abort();
        socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
