using System.Text.Json;
using Voice.Api.Tests.Support;

namespace Voice.Api.Tests.Sessions;

public sealed class OrphanSweeperTests(VoiceApi api) : IClassFixture<VoiceApi>
{
    [Fact]
    public async Task A_session_whose_server_died_is_ended_once_with_what_was_stored()
    {
        var id = await CrashAsync();
        await SilenceAsync(id);

        await api.Sweeper.SweepAsync(CancellationToken.None).OrTimeout();
        Assert.Equal("active", await StatusAsync(id));
        await api.Sweeper.SweepAsync(CancellationToken.None).OrTimeout();
        Assert.Equal("ended", await StatusAsync(id));
        await api.Sweeper.SweepAsync(CancellationToken.None).OrTimeout();

        Assert.Equal(["SessionStarted", "TurnCompleted", "SessionEnded"], await api.PublishedAsync(id));
        Assert.Equal(0.5, WavFile.Parse((await api.BlobAsync("recordings", $"org_default/{id}.wav"))!).Seconds);
        using var transcript = JsonDocument.Parse((await api.BlobAsync("transcripts", $"org_default/{id}.json"))!);
        Assert.Equal("server_lost", transcript.RootElement.GetProperty("session").GetProperty("end_reason").GetString());
        Assert.Equal(1, transcript.RootElement.GetProperty("turns").GetArrayLength());
        Assert.NotEqual(JsonValueKind.Null, transcript.RootElement.GetProperty("recording").ValueKind);
    }

    [Fact]
    public async Task What_was_lost_and_what_had_to_be_repeated_is_in_the_metrics()
    {
        var id = await CrashAsync();
        await SilenceAsync(id);
        await api.Sweeper.SweepAsync(CancellationToken.None).OrTimeout();
        await api.Sweeper.SweepAsync(CancellationToken.None).OrTimeout();
        using var client = api.CreateClient();

        var metrics = await client.GetStringAsync("/metrics").OrTimeout();

        Assert.Contains("# TYPE voice_sessions_orphaned_total counter", metrics, StringComparison.Ordinal);
        Assert.Contains("\nvoice_sessions_orphaned_total", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_that_speaks_between_two_sweeps_is_left_alone()
    {
        var id = await CrashAsync();
        await SilenceAsync(id);
        await api.Sweeper.SweepAsync(CancellationToken.None).OrTimeout();
        await SilenceAsync(id, minutes: 30);
        await api.Sweeper.SweepAsync(CancellationToken.None).OrTimeout();

        Assert.Equal("active", await StatusAsync(id));
    }

    [Fact]
    public async Task A_session_that_this_process_holds_is_left_alone_whatever_its_heartbeat()
    {
        await using var journal = await api.OpenAsync();
        for (var sweep = 0; sweep < 3; sweep++)
        {
            await SilenceAsync(journal.Session.Id);
            await api.Sweeper.SweepAsync(CancellationToken.None).OrTimeout();
        }

        Assert.Equal("active", await StatusAsync(journal.Session.Id));
    }

    [Fact]
    public async Task A_conversation_that_outlived_a_wrong_sweep_keeps_its_turns_and_is_announced_once()
    {
        await using var journal = await api.OpenAsync();
        await api.Database.ExecuteAsync($"""
            update voice.sessions set status = 'ended', end_reason = 'server_lost', ended_at = now() where id = '{journal.Session.Id}'
            """);
        journal.CompleteTurn(VoiceApi.Turn(1, "still here"));
        await journal.EndAsync("client_closed", CancellationToken.None).OrTimeout();

        Assert.Equal(["SessionStarted", "TurnCompleted"], await api.PublishedAsync(journal.Session.Id));
        using var transcript = JsonDocument.Parse((await api.BlobAsync("transcripts", $"org_default/{journal.Session.Id}.json"))!);
        Assert.Equal("still here", transcript.RootElement.GetProperty("turns")[0].GetProperty("transcript").GetString());
    }

    /// <summary>Half a second and a turn are stored, then the server is gone without a word.</summary>
    private async Task<string> CrashAsync()
    {
        await using var journal = await api.OpenAsync();
        var id = journal.Session.Id;
        journal.RecordUserAudio(Tone.Level(1, TimeSpan.FromSeconds(0.5)));
        journal.CompleteTurn(VoiceApi.Turn(1));
        await Deadline.Until(async () => await api.BlobAsync("recordings", $"org_default/{id}.wav") is not null);
        await Deadline.Until(async () => await api.Database.ScalarAsync<int>($"select turn_count from voice.sessions where id = '{id}'") == 1);
        return id;
    }

    private Task SilenceAsync(string id, int minutes = 60) => api.Database.ExecuteAsync(
        $"update voice.sessions set heartbeat_at = now() - interval '{minutes} minutes' where id = '{id}'");

    private Task<string?> StatusAsync(string id) => api.Database.ScalarAsync<string>($"select status from voice.sessions where id = '{id}'");
}
