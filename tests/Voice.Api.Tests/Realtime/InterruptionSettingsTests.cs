using System.Text.Json;
using Voice.Api.Agents;
using Voice.Api.Realtime;
using Voice.Api.Realtime.Wire;
using Voice.Core.Turns;

namespace Voice.Api.Tests.Realtime;

/// <summary>What it takes to interrupt, and what speculation may cost: <c>session.voiceaspire</c>, and the agent's.</summary>
public sealed class InterruptionSettingsTests(RealtimeHost host) : IClassFixture<RealtimeHost>
{
    private const string AgentDefaults = """{"speculation":false,"speculation_limit":1.2,"interruption":{"while_speaking":{"minimum_voice_ms":null}}}""";

    [Fact]
    public async Task What_a_client_sets_is_shown_and_stays_until_it_is_set_again()
    {
        await using var client = await host.BeginAsync();
        await UpdateAsync(client, """{"speculation_limit":2.5,"interruption":{"while_speaking":{"minimum_voice_ms":900,"resume":false},"while_thinking":{"on_words":false}}}""");
        var own = await UpdateAsync(client, """{"interruption":{"while_speaking":{"on_words":false}}}""");

        Assert.Equal(2.5, own.GetProperty("speculation_limit").GetDouble());
        Assert.Equal(
            """{"while_speaking":{"minimum_voice_ms":900,"on_words":false,"resume":false},"while_thinking":{"minimum_voice_ms":1500,"on_words":false}}""",
            own.GetProperty("interruption").GetRawText());

        own = await UpdateAsync(client, """{"speculation_limit":null,"interruption":{"while_speaking":null}}""");
        Assert.Equal(1.6, own.GetProperty("speculation_limit").GetDouble());
        Assert.Equal(
            """{"while_speaking":{"minimum_voice_ms":500,"on_words":true,"resume":true},"while_thinking":{"minimum_voice_ms":1500,"on_words":false}}""",
            own.GetProperty("interruption").GetRawText());
    }

    [Fact]
    public void What_is_set_reaches_the_engine_whatever_finds_the_turns()
    {
        var state = Apply(State(), """{"type":"realtime","voiceaspire":{"speculation_limit":3,"interruption":{"while_speaking":{"minimum_voice_ms":null,"on_words":false}}}}""");
        state = Apply(state, """{"type":"realtime","audio":{"input":{"turn_detection":{"type":"semantic_vad"},"noise_reduction":{"type":"near_field"}}}}""");

        var settings = state.ToSettings();
        Assert.Equal(3, settings.SpeculationLimit);
        Assert.Equal(new InterruptionPolicy { MinimumVoice = null, OnWords = false }, settings.TurnDetection!.WhileSpeaking);
        Assert.Equal(new TurnDetection().WhileThinking, settings.TurnDetection.WhileThinking);
    }

    [Fact]
    public async Task An_agent_says_how_its_sessions_begin_and_what_null_brings_back()
    {
        await HoldAsync(AgentDefaults);
        try
        {
            await using var client = await host.ConnectAsync();
            var own = (await client.UntilAsync("session.created")).GetProperty("session").GetProperty("voiceaspire");
            Assert.False(own.GetProperty("speculation").GetBoolean());
            Assert.Equal(1.2, own.GetProperty("speculation_limit").GetDouble());
            Assert.Equal(JsonValueKind.Null, MinimumVoice(own).ValueKind);

            await UpdateAsync(client, """{"interruption":{"while_speaking":{"minimum_voice_ms":200}}}""");
            own = await UpdateAsync(client, """{"interruption":null}""");
            Assert.Equal(JsonValueKind.Null, MinimumVoice(own).ValueKind);
        }
        finally
        {
            await HoldAsync("{}");
        }
    }

    [Fact]
    public async Task An_agent_that_holds_what_there_is_not_is_refused_by_name()
    {
        await HoldAsync("""{"interruption":{"while_speaking":{"minimum_voice_ms":1}}}""");
        try
        {
            await using var client = await host.ConnectAsync();
            var error = await client.ErrorAsync();

            Assert.Equal("invalid_value", error.GetProperty("code").GetString());
            Assert.Contains("agent.conversation.interruption.while_speaking.minimum_voice_ms", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        }
        finally
        {
            await HoldAsync("{}");
        }
    }

    [Fact]
    public void A_transcription_session_has_nothing_to_interrupt()
    {
        var problem = Assert.Throws<ProtocolException>(() => Apply(
            SessionState.ForTranscription("sess_1", "org_default", default), """{"type":"transcription","voiceaspire":{"interruption":{}}}"""));

        Assert.Equal(("unknown_parameter", "session.voiceaspire.interruption"), (problem.Code, problem.Param));
    }

    private static SessionState State() => SessionState.ForAgent("sess_1", Support.VoiceApi.Descriptor().Agent, default);

    private static SessionState Apply(SessionState state, string session) => SessionUpdate.Apply(state, JsonElement.Parse(session));

    private static JsonElement MinimumVoice(JsonElement own) => own.GetProperty("interruption").GetProperty("while_speaking").GetProperty("minimum_voice_ms");

    private static async Task<JsonElement> UpdateAsync(RealtimeClient client, string own)
    {
        await client.SendAsync($$$"""{"type":"session.update","session":{"type":"realtime","voiceaspire":{{{own}}}}}""");
        return (await client.UntilAsync("session.updated")).GetProperty("session").GetProperty("voiceaspire");
    }

    private async Task HoldAsync(string conversation)
    {
        await using var command = host.Api.Database.DataSource.CreateCommand("update voice.agents set conversation = $1::jsonb where id = 'receptionist'");
        command.Parameters.Add(new() { Value = conversation });
        await command.ExecuteNonQueryAsync();
    }
}
