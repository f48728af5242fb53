using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Voice.Cli.Tests;

/// <summary>The server's end of one conversation.</summary>
internal sealed class RealtimeSessionFake(WebSocket socket, CancellationToken cancellationToken)
{
    private const int BytesPerMs = 48;

    /// <summary>Client events other than audio, in order.</summary>
    public List<JsonElement> Received { get; } = [];

    public double AudioMs { get; private set; }

    /// <summary>The opening that every conversation has.</summary>
    public async Task OpenAsync()
    {
        await SendAsync("""{"type":"session.created","event_id":"event_1","session":{"id":"sess_1","type":"realtime"}}""");
        await ReadUntilAsync(() => Received.Any(e => TypeOf(e) == "session.update"));
        await SendAsync("""{"type":"session.updated","event_id":"event_2","session":{"id":"sess_1","type":"realtime"}}""");
    }

    public Task HearAsync(double untilMs) => ReadUntilAsync(() => AudioMs >= untilMs);

    public Task ReceiveAsync(string type) => ReadUntilAsync(() => Received.Any(e => TypeOf(e) == type));

    /// <summary>Reads on until the client says goodbye, and answers.</summary>
    public async Task CloseAsync()
    {
        await ReadUntilAsync(() => false);
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellationToken);
    }

    public Task HangUpAsync(WebSocketCloseStatus status, string reason) => socket.CloseOutputAsync(status, reason, cancellationToken);

    public void Drop() => socket.Abort();

    public Task SendAsync(string json) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(json), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);

    /// <summary>Speech from the start to <paramref name="speechEndMs"/>, heard, committed and transcribed.</summary>
    public async Task UserTurnAsync(int number, double speechEndMs, string transcript)
    {
        await SendAsync($$"""{"type":"input_audio_buffer.speech_started","event_id":"e","audio_start_ms":0,"item_id":"item_u{{number}}"}""");
        await HearAsync(speechEndMs);
        await SendAsync($$"""{"type":"voiceaspire.transcript.partial","event_id":"e","item_id":"item_u{{number}}","text":"{{transcript.Split(' ')[0]}}"}""");
        await SendAsync($$"""{"type":"input_audio_buffer.speech_stopped","event_id":"e","audio_end_ms":{{speechEndMs}},"item_id":"item_u{{number}}"}""");
        await SendAsync($$"""{"type":"input_audio_buffer.committed","event_id":"e","item_id":"item_u{{number}}"}""");
        await SendAsync(new JsonObject
        {
            ["type"] = "conversation.item.input_audio_transcription.completed",
            ["event_id"] = "e",
            ["item_id"] = $"item_u{number}",
            ["content_index"] = 0,
            ["transcript"] = transcript,
            ["confidence"] = 0.75,
        }.ToJsonString());
    }

    /// <summary>A reply of this length in one delta, with its latency report; <see cref="TurnAsync"/> completes the turn.</summary>
    public async Task ReplyAsync(int number, double speechEndMs, string reply, int replyMs)
    {
        var audio = Convert.ToBase64String(Enumerable.Range(0, replyMs * BytesPerMs).Select(i => (byte)(i % 7)).ToArray());
        await SendAsync($$"""{"type":"response.created","event_id":"e","response":{"id":"resp_{{number}}"} }""");
        await SendAsync($$"""{"type":"response.output_audio.delta","event_id":"e","response_id":"resp_{{number}}","item_id":"item_a{{number}}","delta":"{{audio}}"}""");
        await SendAsync($$"""
            {"type":"voiceaspire.latency","event_id":"e","turn_id":"turn_{{number}}","response_id":"resp_{{number}}","speech_end_ms":{{speechEndMs}},
             "stages":{"endpointing":400,"transcript_final":12.5,"first_token":3,"safety":1,"first_audio":20},"voice_to_voice":436}
            """);
        await SendAsync($$"""{"type":"response.output_audio_transcript.done","event_id":"e","response_id":"resp_{{number}}","item_id":"item_a{{number}}","transcript":"{{reply}}"}""");
        await SendAsync($$"""{"type":"response.done","event_id":"e","response":{"id":"resp_{{number}}","status":"completed"} }""");
    }

    public Task TurnAsync(int number, string transcript, string reply) => SendAsync($$"""
        {"type":"voiceaspire.turn","event_id":"e","turn_id":"turn_{{number}}","item_id":"item_u{{number}}","sequence":{{number}},"transcript":"{{transcript}}",
         "confidence":0.75,"reply":"{{reply}}","latency_ms":{"endpointing":400,"transcript_final":12.5,"first_token":3,"safety":1,"first_audio":20,"voice_to_voice":436} }
        """);

    private async Task ReadUntilAsync(Func<bool> enough)
    {
        var buffer = new byte[64 * 1024];
        while (!enough())
        {
            var length = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
                length += part.Count;
            }
            while (!part.EndOfMessage);

            if (part.MessageType == WebSocketMessageType.Close)
            {
                return;
            }

            Take(JsonSerializer.Deserialize<JsonElement>(buffer.AsSpan(0, length)));
        }
    }

    private void Take(JsonElement clientEvent)
    {
        if (TypeOf(clientEvent) == "input_audio_buffer.append")
        {
            AudioMs += clientEvent.GetProperty("audio").GetBytesFromBase64().Length / (double)BytesPerMs;
        }
        else
        {
            Received.Add(clientEvent);
        }
    }

    private static string? TypeOf(JsonElement e) => e.GetProperty("type").GetString();
}
