using System.Text.Json;

namespace Voice.Api.Tests.Realtime;

/// <summary>Sessions that only listen: <c>?intent=transcription</c>.</summary>
public sealed class TranscriptionSessionTests : IClassFixture<RealtimeHost>
{
    private readonly RealtimeHost _host;

    public TranscriptionSessionTests(RealtimeHost host)
    {
        _host = host;
        _host.Reset();
    }

    [Fact]
    public async Task What_is_said_is_transcribed_and_recorded_and_never_answered()
    {
        await using var client = await _host.BeginAsync("?intent=transcription");
        var session = client.Events[0].GetProperty("session");
        await client.SpeakAsync();
        var completed = await client.UntilAsync("conversation.item.input_audio_transcription.completed");
        await client.UntilAsync("voiceaspire.turn");
        await client.SpeakAsync();
        await client.UntilAsync("voiceaspire.turn");

        Assert.Equal(("transcription", "realtime.transcription_session"), (session.GetProperty("type").GetString(), session.GetProperty("object").GetString()));
        Assert.Equal(
            ["audio", "expires_at", "id", "include", "object", "type", "voiceaspire"], session.EnumerateObject().Select(field => field.Name).Order());
        Assert.Equal("en", session.GetProperty("audio").GetProperty("input").GetProperty("transcription").GetProperty("language").GetString());
        Assert.Equal("when are you open", completed.GetProperty("transcript").GetString());
        Assert.Equal(
            [
                "session.created", "input_audio_buffer.speech_started", "input_audio_buffer.speech_stopped", "input_audio_buffer.committed", "conversation.item.added",
                "conversation.item.done", "conversation.item.input_audio_transcription.delta", "conversation.item.input_audio_transcription.completed", "voiceaspire.turn",
            ],
            client.Types.Take(9));
        Assert.DoesNotContain(client.Types, type => type.StartsWith("response.", StringComparison.Ordinal));
        Assert.Empty(_host.ChatTraces);
        await client.CloseAsync();
        await RecordedAsync(session.GetProperty("id").GetString()!, turns: 2);
    }

    [Fact]
    public async Task The_client_ends_utterances_itself_and_takes_them_back()
    {
        await using var client = await _host.BeginAsync("?intent=transcription");
        await UpdateAsync(client, """{"turn_detection":null}""");
        await client.SpeakAsync();
        await client.SendAsync("""{"type":"input_audio_buffer.clear"}""");
        await client.UntilAsync("input_audio_buffer.cleared");
        await client.SendAsync("""{"type":"input_audio_buffer.commit"}""");
        var error = await client.ErrorAsync();
        await client.SpeakAsync();
        await client.SendAsync("""{"type":"input_audio_buffer.commit"}""");
        await client.UntilAsync("conversation.item.input_audio_transcription.completed");

        Assert.Equal("input_audio_buffer_commit_empty", error.GetProperty("code").GetString());
        Assert.DoesNotContain("input_audio_buffer.speech_started", client.Types);
    }

    [Fact]
    public async Task Language_and_words_reach_the_recogniser_before_the_next_utterance()
    {
        await using var client = await _host.BeginAsync("?intent=transcription");
        await client.SpeakAsync();
        await client.UntilAsync("conversation.item.input_audio_transcription.completed");
        var input = await UpdateAsync(
            client, """{"transcription":{"model":"gpt-4o-transcribe","language":"es","prompt":"Una cita.","keywords":["Quirón"]},"turn_detection":{"type":"semantic_vad","eagerness":"high"}}""");
        await client.SpeakAsync();
        await client.UntilAsync("conversation.item.input_audio_transcription.completed");

        Assert.Equal("es", input.GetProperty("transcription").GetProperty("language").GetString());
        Assert.Equal("""{"type":"semantic_vad","eagerness":"high"}""", input.GetProperty("turn_detection").GetRawText());
        var asked = _host.TranscriptionSessions.Select(session => session.GetProperty("audio").GetProperty("input").GetProperty("transcription")).ToArray();
        Assert.Equal(["en", "es"], asked.Select(transcription => transcription.GetProperty("language").GetString()));
        Assert.Equal("Quirón\nUna cita.", asked[1].GetProperty("prompt").GetString());
        Assert.Equal("es", client.Events.Last(e => RealtimeClient.Type(e) == "session.updated").GetProperty("session").GetProperty("audio").GetProperty("input").GetProperty("transcription").GetProperty("language").GetString());
    }

    [Fact]
    public async Task What_cannot_be_understood_is_told_and_nothing_is_said_about_it()
    {
        _host.Transcripts.Enqueue(null);
        await using var client = await _host.BeginAsync("?intent=transcription");
        await client.SpeakAsync();
        await client.UntilAsync("conversation.item.input_audio_transcription.failed");
        await client.SpeakAsync();
        await client.UntilAsync("conversation.item.input_audio_transcription.completed");

        Assert.DoesNotContain(client.Types, type => type.StartsWith("response.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"type":"response.create"}""", "not_supported", "type")]
    [InlineData("""{"type":"response.cancel"}""", "not_supported", "type")]
    [InlineData("""{"type":"conversation.item.create","item":{"type":"message","role":"user","content":[{"type":"input_text","text":"x"}]}}""", "not_supported", "type")]
    [InlineData("""{"type":"session.update","session":{"type":"realtime"}}""", "invalid_value", "session.type")]
    [InlineData("""{"type":"session.update","session":{"type":"transcription","instructions":"Sing."}}""", "unknown_parameter", "session.instructions")]
    [InlineData("""{"type":"session.update","session":{"type":"transcription","include":["item.input_audio_transcription.logprobs"]}}""", "not_supported", "session.include")]
    [InlineData("""{"type":"session.update","session":{"type":"transcription","audio":{"input":{"transcription":{"language":"../../etc"}}}}}""", "invalid_value", "session.audio.input.transcription.language")]
    public async Task What_has_no_meaning_here_is_refused_by_name(string json, string code, string param)
    {
        await using var client = await _host.BeginAsync("?intent=transcription");
        await client.SendAsync(json);
        var error = await client.ErrorAsync();

        Assert.Equal((code, param), (error.GetProperty("code").GetString(), error.GetProperty("param").GetString()));
    }

    private static async Task<JsonElement> UpdateAsync(RealtimeClient client, string input)
    {
        await client.SendAsync($$$$"""{"type":"session.update","session":{"type":"transcription","audio":{"input":{{{{input}}}}}}}""");
        return (await client.UntilAsync("session.updated")).GetProperty("session").GetProperty("audio").GetProperty("input");
    }

    private Task RecordedAsync(string id, int turns) => Deadline.Until(async () =>
    {
        await using var command = _host.Api.Database.DataSource.CreateCommand(
            $"select count(*) from voice.turns t join voice.sessions s on s.id = t.session_id where s.id = '{id}' and s.mode = 'transcription' and s.ended_at is not null");
        return (long)(await command.ExecuteScalarAsync())! == turns;
    });
}
