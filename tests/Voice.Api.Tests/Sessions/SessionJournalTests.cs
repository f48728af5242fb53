using System.Text.Json;
using Voice.Api.Tests.Support;

namespace Voice.Api.Tests.Sessions;

public sealed class SessionJournalTests(VoiceApi api) : IClassFixture<VoiceApi>
{
    [Fact]
    public async Task A_conversation_leaves_its_turns_its_transcript_its_recording_and_its_messages_in_order()
    {
        await using var journal = await api.OpenAsync();
        var id = journal.Session.Id;
        journal.RecordUserAudio(Tone.Level(100, TimeSpan.FromSeconds(1)));
        journal.RecordAssistantAudio(TimeSpan.FromMilliseconds(500), Tone.Level(200, TimeSpan.FromSeconds(1)));
        journal.CompleteResponse("resp_1", 120);
        journal.CompleteTurn(VoiceApi.Turn(1, "what time do you open", "We open at eight."));
        journal.CompleteTurn(VoiceApi.Turn(2, "and on saturday", "From nine to one."));
        await journal.EndAsync("client_closed", CancellationToken.None).OrTimeout();

        Assert.Equal(["SessionStarted", "TurnCompleted", "TurnCompleted", "SessionEnded"], await api.PublishedAsync(id));
        Assert.Equal(
            ["sessions 1 user_1", "tokens 120 user_1", "characters 17 user_1", "characters 17 user_1"],
            (await api.UsageAsync(id))[..^1]);
        Assert.Equal(
            await api.Database.ScalarAsync<string>(
                $"select 'audio_seconds ' || round(extract(epoch from ended_at - started_at), 3)::float8 || ' user_1' from voice.sessions where id = '{id}'"),
            (await api.UsageAsync(id))[^1]);
        Assert.Equal("ended client_closed 2", await api.Database.ScalarAsync<string>(
            $"select concat_ws(' ', status, end_reason, turn_count) from voice.sessions where id = '{id}'"));
        Assert.Equal("1:what time do you open|2:and on saturday", await api.Database.ScalarAsync<string>(
            $"select string_agg(sequence || ':' || transcript, '|' order by sequence) from voice.turns where session_id = '{id}'"));

        var wav = WavFile.Parse((await api.BlobAsync("recordings", $"org_default/{id}.wav"))!);
        Assert.Equal(24_000, wav.SampleRate);
        Assert.Equal(1.5, wav.Seconds);
        Assert.Equal((100, 0), (wav.Left[11_999], wav.Right[11_999]));
        Assert.Equal((100, 200), (wav.Left[12_000], wav.Right[12_000]));
        Assert.Equal((0, 200), (wav.Left[35_999], wav.Right[35_999]));

        using var transcript = JsonDocument.Parse((await api.BlobAsync("transcripts", $"org_default/{id}.json"))!);
        var root = transcript.RootElement;
        Assert.Equal("voiceaspire.transcript.v1", root.GetProperty("schema").GetString());
        Assert.Equal("client_closed", root.GetProperty("session").GetProperty("end_reason").GetString());
        Assert.Equal($"org_default/{id}.wav", root.GetProperty("recording").GetProperty("blob").GetString());
        var turn = root.GetProperty("turns")[1];
        Assert.Equal("From nine to one.", turn.GetProperty("reply").GetString());
        Assert.Equal(471.5, turn.GetProperty("latency_ms").GetProperty("voice_to_voice").GetDouble());
        Assert.Equal(0.93, turn.GetProperty("confidence").GetDouble());
    }

    [Fact]
    public async Task The_recording_is_a_playable_WAV_while_the_conversation_goes_on()
    {
        await using var journal = await api.OpenAsync();
        var name = $"org_default/{journal.Session.Id}.wav";
        var seconds = 0.0;
        for (var part = 1; part <= 3; part++)
        {
            journal.RecordUserAudio(Tone.Level((short)part, TimeSpan.FromSeconds(0.25)));
            var expected = part * 0.25;
            await Deadline.Until(async () =>
            {
                if (await api.BlobAsync("recordings", name) is { } file)
                {
                    seconds = WavFile.Parse(file).Seconds;
                }

                return seconds == expected;
            });
        }

        await Deadline.Until(async () => await api.Database.ScalarAsync<string>(
            $"select recording_blob from voice.sessions where id = '{journal.Session.Id}'") == name);
    }

    [Fact]
    public async Task What_the_user_interrupted_is_not_in_the_recording()
    {
        await using var journal = await api.OpenAsync();
        journal.RecordUserAudio(Tone.Level(1, TimeSpan.FromSeconds(1)));
        journal.RecordAssistantAudio(TimeSpan.FromSeconds(1), Tone.Level(9, TimeSpan.FromSeconds(5)));
        journal.RecordUserAudio(Tone.Level(2, TimeSpan.FromSeconds(0.5)));
        journal.CutAssistantAudio(TimeSpan.FromSeconds(1.5));
        await journal.EndAsync("client_closed", CancellationToken.None).OrTimeout();

        var wav = WavFile.Parse((await api.BlobAsync("recordings", $"org_default/{journal.Session.Id}.wav"))!);
        Assert.Equal(1.5, wav.Seconds);
        Assert.Equal(9, wav.Right[^1]);
    }

    [Fact]
    public async Task EndAsync_again_or_at_once_is_one_end_and_the_first_reason_stands()
    {
        await using var journal = await api.OpenAsync();
        await Task.WhenAll(
            journal.EndAsync("client_closed", CancellationToken.None),
            journal.EndAsync("error", CancellationToken.None)).OrTimeout();
        await journal.EndAsync("expired", CancellationToken.None).OrTimeout();

        Assert.Equal(["SessionStarted", "SessionEnded"], await api.PublishedAsync(journal.Session.Id));
        Assert.Equal("client_closed", await api.Database.ScalarAsync<string>(
            $"select end_reason from voice.sessions where id = '{journal.Session.Id}'"));
    }

    [Fact]
    public async Task A_session_without_audio_has_a_transcript_and_no_recording()
    {
        await using var journal = await api.OpenAsync();
        journal.CompleteTurn(VoiceApi.Turn(1));
        await journal.EndAsync("client_closed", CancellationToken.None).OrTimeout();

        Assert.Null(await api.BlobAsync("recordings", $"org_default/{journal.Session.Id}.wav"));
        using var transcript = JsonDocument.Parse((await api.BlobAsync("transcripts", $"org_default/{journal.Session.Id}.json"))!);
        Assert.Equal(JsonValueKind.Null, transcript.RootElement.GetProperty("recording").ValueKind);
    }

    [Fact]
    public async Task A_turn_with_what_the_database_cannot_hold_does_not_hold_up_the_next()
    {
        await using var journal = await api.OpenAsync();
        var odd = VoiceApi.Turn(1, "nul \0 in text") with
        {
            Confidence = double.NaN,
            LatencyMs = new Dictionary<string, double> { ["first_token"] = double.PositiveInfinity, ["first_audio"] = 12 },
        };
        journal.CompleteTurn(odd);
        journal.CompleteTurn(VoiceApi.Turn(1, "the same sequence once more"));
        journal.CompleteTurn(VoiceApi.Turn(2, "goes on"));
        await journal.EndAsync("client_closed", CancellationToken.None).OrTimeout();

        Assert.Equal("nul  in text|goes on", await api.Database.ScalarAsync<string>(
            $"select string_agg(transcript, '|' order by sequence) from voice.turns where session_id = '{journal.Session.Id}'"));
    }

    [Fact]
    public async Task The_hot_state_follows_the_conversation_and_leaves_with_it()
    {
        await using var journal = await api.OpenAsync();
        var key = $"session:{journal.Session.Id}";
        journal.CompleteTurn(VoiceApi.Turn(1));
        await Deadline.Until(async () => ((string?)await api.Redis.StringGetAsync(key))?.Contains("\"turn_count\":1", StringComparison.Ordinal) == true);
        Assert.InRange((await api.Redis.KeyTimeToLiveAsync(key))!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));

        await journal.EndAsync("client_closed", CancellationToken.None).OrTimeout();
        Assert.False(await api.Redis.KeyExistsAsync(key));
    }

    [Fact]
    public async Task Heartbeats_move_on_while_a_session_is_open()
    {
        await using var journal = await api.OpenAsync(startedAt: TimeProvider.System.GetUtcNow().AddHours(-1));
        await Deadline.Until(() => api.Database.ScalarAsync<bool>(
            $"select heartbeat_at > now() - interval '1 minute' from voice.sessions where id = '{journal.Session.Id}'"));
    }
}
