using System.Text;
using System.Text.Json;
using Voice.Api.Realtime;
using Voice.Api.Realtime.Wire;
using Voice.Core.Conversations;
using Voice.ServiceDefaults.Live;

namespace Voice.Api.Tests.Realtime;

/// <summary>What is sent beyond the protocol is as docs/specs/schemas/realtime-extensions.json says.</summary>
public sealed class ExtensionSchemaTests : IClassFixture<RealtimeHost>
{
    private readonly RealtimeHost _host;

    public ExtensionSchemaTests(RealtimeHost host)
    {
        _host = host;
        _host.Reset();
    }

    [Fact]
    public async Task Every_extension_event_is_written_as_its_schema_says()
    {
        var state = new SessionState("sess_1", Support.VoiceApi.Descriptor().Agent, default);
        var stages = new Dictionary<string, double> { ["endpointing"] = 402, ["voice_to_voice"] = 471.5 };
        var intervention = new LiveIntervention(
            "int_1", "sess_1", null, "suicide", "crisis", "en", "Help is there.", [new LiveResource("Lifeline", "988", null)], DateTimeOffset.UnixEpoch);
        using var writer = new ServerEventWriter();
        ConversationEvent[] events =
        [
            new ConversationEvent.TranscriptPartial("item_1", "when are"),
            new ConversationEvent.Backchannel("uh-huh", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)),
            new ConversationEvent.Latency("turn_1", "resp_1", TimeSpan.FromSeconds(1), stages),
            new ConversationEvent.TurnAnswered(new TurnSummary("turn_1", "item_1", 1, "hi", null, "Hello.", "en", stages, default, default)),
            new ConversationEvent.Translation("item_1", "en", "es", "hola"),
            new ConversationEvent.ProviderChanged("chat", "first", "degraded", "provider_unavailable"),
            new ConversationEvent.Notice(intervention),
            new ConversationEvent.Notice(new Draining(TimeSpan.FromSeconds(30))),
            new ConversationEvent.Notice(new EchoedAudio(new byte[4])),
            new ConversationEvent.Notice(state),
        ];
        List<string> sent = [.. events.Select(e => Text(writer.Write(e, state))), Text(writer.SessionCreated(state))];
        sent.Add(Text(writer.AudioStream("resp_1", "item_1", 0, 1, AudioFormat.MuLaw)));
        sent.Add(Text(writer.Resumed(new Resumption("sess_1", 41, 12, 0, TimeSpan.Zero, TimeSpan.FromSeconds(61)))));

        var met = await OfficialClient.ValidateAsync(sent);

        var schema = JsonSerializer.Deserialize<JsonElement>(
            await File.ReadAllTextAsync(Path.Combine(TestData.RepositoryRoot, "docs", "specs", "schemas", "realtime-extensions.json")));
        // What clients send, and parts of the others.
        var others = new HashSet<string> { "voiceaspire.ack", "client_secrets.voiceaspire", "format", "stages" };
        Assert.Equal(schema.GetProperty("$defs").EnumerateObject().Select(entry => entry.Name).Where(name => !others.Contains(name)).Order(StringComparer.Ordinal), met);
    }

    [Fact]
    public async Task What_conversations_send_is_as_the_schemas_say()
    {
        List<string> sent = [];
        foreach (var (query, update) in ((string, string)[])[
            ("?agent=receptionist&resumable=true", """{"type":"realtime","voiceaspire":{"binary_audio":true},"audio":{"output":{"format":{"type":"audio/pcma"}}}}"""),
            ("?agent=interpreter", """{"type":"realtime"}"""),
            ("?intent=transcription", """{"type":"transcription"}""")])
        {
            await using var client = await _host.BeginAsync(query);
            await client.SendAsync($$"""{"type":"session.update","session":{{update}}}""");
            await client.SpeakAsync();
            await client.UntilAsync("voiceaspire.turn");
            sent.AddRange(client.Events.Select(e => e.GetRawText()));
        }

        var met = await OfficialClient.ValidateAsync(sent);

        Assert.Superset(
            new HashSet<string> { "session.voiceaspire", "voiceaspire.latency", "voiceaspire.output_audio", "voiceaspire.translation", "voiceaspire.turn" }, met.ToHashSet());
    }

    [Fact]
    public async Task A_schema_that_is_broken_is_noticed()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => OfficialClient.ValidateAsync(
            ["""{"type":"voiceaspire.draining","event_id":"event_1"}""", """{"type":"voiceaspire.invented","event_id":"event_2"}"""]));

        Assert.Contains("deadline_ms", exception.Message, StringComparison.Ordinal);
        Assert.Contains("voiceaspire.invented has no schema", exception.Message, StringComparison.Ordinal);
    }

    private static string Text(ReadOnlyMemory<byte> json) => Encoding.UTF8.GetString(json.Span);
}
