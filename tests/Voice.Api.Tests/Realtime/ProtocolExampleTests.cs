using System.Text.Json;

namespace Voice.Api.Tests.Realtime;

/// <summary>The examples of the published interface description: what a client may send, and how what it is sent must look.</summary>
public sealed class ProtocolExampleTests : IClassFixture<RealtimeHost>
{
    private const string Examples = "protocol/openai_realtime_event_examples.jsonl";

    // Of the interface before GA, of translation sessions, or about models that count in tokens.
    private static readonly HashSet<string> Otherwise =
    [
        "conversation.item.input_audio_transcription.completed.usage", "conversation.item.retrieved.previous_item_id", "conversation.item.retrieved.item.content[].audio",
        "response.created.timestamp",
    ];

    private readonly RealtimeHost _host;

    public ProtocolExampleTests(RealtimeHost host)
    {
        _host = host;
        _host.Reset();
    }

    [TestDataFact(Examples)]
    public async Task Every_client_event_is_served_or_refused_by_name()
    {
        var sent = 0;
        foreach (var (schema, example) in Read().Where(example => example.Schema.Contains("ClientEvent", StringComparison.Ordinal)))
        {
            await using var client = await _host.BeginAsync();
            await client.SendAsync(example.GetRawText());
            await client.SendAsync("""{"type":"conversation.item.delete","item_id":"none","event_id":"after"}""");
            JsonElement error;
            do
            {
                error = await client.ErrorAsync();
                var (code, message) = (error.GetProperty("code").GetString(), error.GetProperty("message").GetString());
                // What the examples name does not exist in this session, and their audio is none.
                Assert.True(
                    code is "item_not_found" or "response_cancel_not_active" or "invalid_audio" or "not_supported" || (code == "unknown_event" && schema.Contains("Translation", StringComparison.Ordinal)),
                    $"{schema}: {code} {message}");
            }
            while (error.GetProperty("event_id").GetString() != "after");

            sent++;
        }

        Assert.True(sent >= 8, $"{sent} examples");
    }

    [TestDataFact(Examples)]
    public async Task Every_server_event_has_the_fields_of_its_example()
    {
        var events = await ConverseAsync();
        var compared = new HashSet<string>();
        foreach (var (schema, example) in Read().Where(example => example.Schema.Contains("ServerEvent", StringComparison.Ordinal) && !example.Schema.Contains("Translation", StringComparison.Ordinal)))
        {
            var type = example.GetProperty("type").GetString()!;
            var name = schema.Contains("ItemRetrieved", StringComparison.Ordinal) ? "conversation.item.retrieved" : type;
            foreach (var sent in events.Where(e => RealtimeClient.Type(e) == name))
            {
                compared.Add(name);
                AssertHasFieldsOf(example, sent, name);
            }
        }

        Assert.Superset(
            new HashSet<string>
            {
                "conversation.item.added", "conversation.item.deleted", "conversation.item.done", "conversation.item.input_audio_transcription.completed",
                "conversation.item.input_audio_transcription.delta", "conversation.item.input_audio_transcription.failed", "conversation.item.retrieved",
                "conversation.item.truncated", "error", "input_audio_buffer.speech_stopped", "response.content_part.added", "response.created", "response.done",
                "response.output_item.done", "response.output_text.delta",
            },
            compared);
    }

    private static IEnumerable<(string Schema, JsonElement Example)> Read() =>
        from line in File.ReadLines(TestData.Path(Examples)!)
        let entry = JsonSerializer.Deserialize<JsonElement>(line)
        where entry.GetProperty("example").TryGetProperty("type", out _)
        select (entry.GetProperty("schema").GetString()!, entry.GetProperty("example"));

    private static void AssertHasFieldsOf(JsonElement example, JsonElement sent, string path)
    {
        if (Otherwise.Contains(path) || example.ValueKind == JsonValueKind.Null || sent.ValueKind == JsonValueKind.Null)
        {
            return;
        }

        if (example.ValueKind == JsonValueKind.Array)
        {
            if (example.GetArrayLength() > 0 && sent.GetArrayLength() > 0)
            {
                AssertHasFieldsOf(example[0], sent[0], path + "[]");
            }

            return;
        }

        if (example.ValueKind != JsonValueKind.Object)
        {
            Assert.True(example.ValueKind == sent.ValueKind || (example.ValueKind, sent.ValueKind) is (JsonValueKind.True, JsonValueKind.False) or (JsonValueKind.False, JsonValueKind.True), $"{path}: {sent}");
            return;
        }

        foreach (var field in example.EnumerateObject())
        {
            var at = $"{path}.{field.Name}";
            // Content differs with its type.
            if (Otherwise.Contains(at) || ((path.EndsWith("content[]", StringComparison.Ordinal) || path.EndsWith(".part", StringComparison.Ordinal)) && field.Name != "type"))
            {
                continue;
            }

            Assert.True(sent.TryGetProperty(field.Name, out var value), $"{at} is missing in {sent}");
            AssertHasFieldsOf(field.Value, value, at);
        }
    }

    /// <summary>A conversation in which everything happens at least once.</summary>
    private async Task<IReadOnlyList<JsonElement>> ConverseAsync()
    {
        _host.Transcripts.Enqueue("when are you open");
        _host.Transcripts.Enqueue(null);
        await using var client = await _host.BeginAsync();
        await client.SpeakAsync();
        var item = (await client.UntilAsync("response.output_item.done")).GetProperty("item").GetProperty("id").GetString();
        await client.UntilAsync("response.done");
        await client.SendAsync($$"""{"type":"conversation.item.truncate","item_id":"{{item}}","content_index":0,"audio_end_ms":100}""");
        await client.SendAsync($$"""{"type":"conversation.item.retrieve","item_id":"{{item}}"}""");
        await client.SendAsync($$"""{"type":"conversation.item.delete","item_id":"{{item}}"}""");
        await client.UntilAsync("conversation.item.deleted");
        await client.SendAsync("""{"type":"session.update","session":{"type":"realtime","output_modalities":["text"]}}""");
        await client.SpeakAsync();
        await client.UntilAsync("conversation.item.input_audio_transcription.failed");
        await client.SendAsync("""{"type":"conversation.item.create","item":{"type":"message","role":"user","content":[{"type":"input_text","text":"hi"}]}}""");
        await client.SendAsync("""{"type":"response.create"}""");
        await client.UntilAsync("response.done");
        await client.SendAsync("""{"type":"no.such.event","event_id":"wrong"}""");
        await client.ErrorAsync();
        return client.Events;
    }
}
