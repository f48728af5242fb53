using System.Text.Json;

namespace Voice.Api.Tests.Realtime;

/// <summary>What a client may ask of its session, and what it is told of it.</summary>
public sealed class RealtimeSessionTests : IClassFixture<RealtimeHost>
{
    private readonly RealtimeHost _host;

    public RealtimeSessionTests(RealtimeHost host)
    {
        _host = host;
        _host.Reset();
    }

    [Fact]
    public async Task A_session_shows_every_field_of_the_protocol()
    {
        await using var client = await _host.BeginAsync();
        var session = client.Events[0].GetProperty("session");

        Assert.Superset(
            new HashSet<string> { "type", "object", "id", "model", "output_modalities", "instructions", "tools", "tool_choice", "max_output_tokens", "tracing", "truncation", "prompt", "expires_at", "audio", "include" },
            session.EnumerateObject().Select(field => field.Name).ToHashSet());
        var input = session.GetProperty("audio").GetProperty("input");
        Assert.Equal(["format", "noise_reduction", "transcription", "turn_detection"], input.EnumerateObject().Select(field => field.Name).Order());
        Assert.Equal(
            ["create_response", "idle_timeout_ms", "interrupt_response", "prefix_padding_ms", "silence_duration_ms", "threshold", "type"],
            input.GetProperty("turn_detection").EnumerateObject().Select(field => field.Name).Order());
        Assert.Equal(["format", "speed", "voice"], session.GetProperty("audio").GetProperty("output").EnumerateObject().Select(field => field.Name).Order());
    }

    [Fact]
    public async Task A_client_is_told_how_many_responses_it_may_ask_for()
    {
        await using var client = await _host.BeginAsync();
        await client.SendAsync("""{"type":"conversation.item.create","item":{"type":"message","role":"user","content":[{"type":"input_text","text":"hi"}]}}""");
        var remaining = new List<int>();
        for (var i = 0; i < 2; i++)
        {
            await client.SendAsync("""{"type":"response.create","response":{"output_modalities":["text"]}}""");
            var limits = (await client.UntilAsync("rate_limits.updated")).GetProperty("rate_limits");
            remaining.Add(limits[0].GetProperty("remaining").GetInt32());
            Assert.Equal(("requests", 120), (limits[0].GetProperty("name").GetString(), limits[0].GetProperty("limit").GetInt32()));
            Assert.InRange(limits[0].GetProperty("reset_seconds").GetDouble(), 1, 60);
            await client.UntilAsync("response.done");
        }

        Assert.Equal([119, 118], remaining);
        Assert.Equal("conversation.created", client.Types.ElementAt(1));
        Assert.Equal(
            client.Events[1].GetProperty("conversation").GetProperty("id").GetString(),
            client.Events.Last(e => RealtimeClient.Type(e) == "response.done").GetProperty("response").GetProperty("conversation_id").GetString());
    }

    [Fact]
    public void Responses_are_counted_for_a_minute()
    {
        var time = new ManualTimeProvider(DateTimeOffset.UnixEpoch);
        var rate = new Api.Realtime.ResponseRate(2, time);
        Assert.True(rate.TryTake());
        time.Advance(TimeSpan.FromSeconds(20));
        Assert.True(rate.TryTake());
        Assert.False(rate.TryTake());
        Assert.Equal((0, TimeSpan.FromSeconds(40)), rate.Read());
        time.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal((1, TimeSpan.FromSeconds(20)), rate.Read());
        Assert.True(rate.TryTake());
        Assert.False(rate.TryTake());
    }

    [Theory]
    [InlineData("tracing", "\"auto\"")]
    [InlineData("tracing", """{"workflow_name":"calls","group_id":"g1","metadata":{"a":"b"}}""")]
    [InlineData("truncation", "\"disabled\"")]
    [InlineData("truncation", """{"type":"retention_ratio","retention_ratio":0.8,"token_limits":{"post_instructions":8000}}""")]
    [InlineData("reasoning", """{"effort":"low"}""")]
    public async Task What_changes_nothing_here_is_taken_and_shown(string field, string value)
    {
        await using var client = await _host.BeginAsync();
        var session = await UpdateAsync(client, $$"""{"type":"realtime","{{field}}":{{value}}}""");

        Assert.Equal(value, session.GetProperty(field).GetRawText());
    }

    [Fact]
    public async Task Fields_are_cleared_by_their_empty_values_and_others_stay()
    {
        await using var client = await _host.BeginAsync();
        await UpdateAsync(client, """{"type":"realtime","instructions":"Sing.","tracing":"auto","audio":{"input":{"noise_reduction":{"type":"near_field"},"turn_detection":{"type":"semantic_vad","eagerness":"low"}}}}""");
        var session = await UpdateAsync(client, """{"type":"realtime","instructions":"","tools":[],"tracing":null,"audio":{"input":{"noise_reduction":null,"turn_detection":null}}}""");

        Assert.Equal("", session.GetProperty("instructions").GetString());
        Assert.Equal(JsonValueKind.Null, session.GetProperty("tracing").ValueKind);
        var input = session.GetProperty("audio").GetProperty("input");
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (input.GetProperty("noise_reduction").ValueKind, input.GetProperty("turn_detection").ValueKind));
        Assert.Equal(JsonValueKind.Object, input.GetProperty("transcription").ValueKind);
    }

    [Theory]
    [InlineData("gpt-4o-mini-transcribe")]
    [InlineData("whisper-1")]
    [InlineData("a-model-of-next-year")]
    public async Task A_transcription_model_that_nobody_here_knows_does_no_harm(string model)
    {
        await using var client = await _host.BeginAsync();
        await UpdateAsync(client, $$$$$"""{"type":"realtime","audio":{"input":{"transcription":{"model":"{{{{{model}}}}}","language":"en","prompt":"Names: Ada."}}}}""");
        await client.SpeakAsync();

        Assert.Equal("when are you open", (await client.UntilAsync("conversation.item.input_audio_transcription.completed")).GetProperty("transcript").GetString());
    }

    [Fact]
    public async Task The_voice_may_change_until_it_was_heard()
    {
        await using var client = await _host.BeginAsync();
        var before = await UpdateAsync(client, Voice("marin"));
        await client.SpeakAsync();
        await client.UntilAsync("response.done");
        await client.SendAsync($$"""{"type":"session.update","session":{{Voice("cedar")}}}""");
        var error = await client.ErrorAsync();
        var after = await UpdateAsync(client, Voice("marin"));

        Assert.Equal("marin", before.GetProperty("audio").GetProperty("output").GetProperty("voice").GetString());
        Assert.Equal(("cannot_update_voice", "session.audio.output.voice"), (error.GetProperty("code").GetString(), error.GetProperty("param").GetString()));
        Assert.Equal("marin", after.GetProperty("audio").GetProperty("output").GetProperty("voice").GetString());

        static string Voice(string name) => $$$$"""{"type":"realtime","audio":{"output":{"voice":"{{{{name}}}}"}}}""";
    }

    [Theory]
    [InlineData("near_field", null, 0.5f, 0.75f)]
    [InlineData("near_field", 0.2, 0.5f, 0.55f)]
    [InlineData("far_field", null, 0.5f, 0.3f)]
    [InlineData("far_field", null, 0.1f, 0f)]
    public void Where_the_microphone_is_decides_what_counts_as_a_voice(string type, double? strength, float threshold, float expected)
    {
        var state = new Api.Realtime.SessionState("sess_1", Support.VoiceApi.Descriptor().Agent, default)
        {
            TurnDetection = new() { Threshold = threshold },
            NoiseReduction = new(type, strength),
        };

        Assert.Equal(expected, state.ToSettings().TurnDetection!.Threshold, 0.001f);
    }

    private static async Task<JsonElement> UpdateAsync(RealtimeClient client, string session)
    {
        await client.SendAsync($$"""{"type":"session.update","session":{{session}}}""");
        return (await client.UntilAsync("session.updated")).GetProperty("session");
    }
}
