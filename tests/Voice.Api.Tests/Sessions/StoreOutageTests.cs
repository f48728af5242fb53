using Npgsql;
using Voice.Offline.Servers;
using Voice.Api.Tests.Support;

namespace Voice.Api.Tests.Sessions;

/// <summary>Each test takes a store away from a conversation that goes on, and gives it back.</summary>
public sealed class StoreOutageTests
{
    [Fact]
    public async Task Turns_wait_in_order_for_a_database_that_is_away_and_none_is_lost()
    {
        var api = new VoiceApi();
        await api.InitializeAsync();
        try
        {
            await using var journal = await api.OpenAsync();
            journal.CompleteTurn(VoiceApi.Turn(1));
            await TurnsAsync(api, journal.Session.Id, 1);

            await SetDatabaseAsync(api, available: false);
            for (var sequence = 2; sequence <= 50; sequence++)
            {
                journal.CompleteTurn(VoiceApi.Turn(sequence));
            }

            var ending = journal.EndAsync("client_closed", CancellationToken.None);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            {
                using var impatient = new CancellationTokenSource(TimeSpan.FromMilliseconds(300), TimeProvider.System);
                await journal.EndAsync("client_closed", impatient.Token);
            });
            Assert.False(ending.IsCompleted);

            await SetDatabaseAsync(api, available: true);
            await ending.OrTimeout();
            // xmin: in which order the rows were stored, since each has a transaction of its own.
            Assert.Equal(
                string.Join(' ', Enumerable.Range(1, 50)),
                await api.Database.ScalarAsync<string>(
                    $"select string_agg(sequence::text, ' ' order by xmin::text::bigint) from voice.turns where session_id = '{journal.Session.Id}'"));
            var published = await api.PublishedAsync(journal.Session.Id);
            Assert.Equal(52, published.Count);
            Assert.Equal(("SessionStarted", "SessionEnded"), (published[0], published[^1]));
        }
        finally
        {
            await api.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_journal_that_can_hold_no_more_turns_says_so_instead_of_losing_one()
    {
        var api = new VoiceApi();
        await api.StartAsync(factory => factory.With("Sessions:TurnBuffer", "3"));
        try
        {
            await using var journal = await api.OpenAsync();
            await SetDatabaseAsync(api, available: false);
            var accepted = 0;
            var refusal = Assert.Throws<InvalidOperationException>(() =>
            {
                for (var sequence = 1; sequence <= 10; sequence++)
                {
                    journal.CompleteTurn(VoiceApi.Turn(sequence));
                    accepted++;
                }
            });
            Assert.Contains("takes no more turns", refusal.Message, StringComparison.Ordinal);

            await SetDatabaseAsync(api, available: true);
            await journal.EndAsync("error", CancellationToken.None).OrTimeout();
            Assert.Equal(accepted, await api.Database.ScalarAsync<int>(
                $"select turn_count from voice.sessions where id = '{journal.Session.Id}'"));
        }
        finally
        {
            await api.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_recording_waits_for_a_blob_storage_that_is_away_and_has_no_gap_after()
    {
        var folder = BackingServers.NewFolder("azurite");
        var azurite = await AzuriteServer.StartAsync(folder).OrTimeout();
        var api = new VoiceApi();
        await api.StartAsync(factory => factory.With("ConnectionStrings:blobs", azurite.ConnectionString));
        try
        {
            await using var journal = await api.OpenAsync();
            var name = $"org_default/{journal.Session.Id}.wav";
            journal.RecordUserAudio(Tone.Level(1, TimeSpan.FromSeconds(0.5)));
            await Deadline.Until(async () => await api.BlobAsync("recordings", name) is not null);

            await azurite.DisposeAsync();
            journal.RecordUserAudio(Tone.Level(2, TimeSpan.FromSeconds(0.5)));
            journal.CompleteTurn(VoiceApi.Turn(1));
            // The database is there, so the turn does not wait for the recording.
            await TurnsAsync(api, journal.Session.Id, 1);
            journal.RecordUserAudio(Tone.Level(3, TimeSpan.FromSeconds(0.5)));
            var ending = journal.EndAsync("client_closed", CancellationToken.None);

            azurite = await AzuriteServer.StartAsync(folder, azurite.Port).OrTimeout();
            await ending.OrTimeout(TimeSpan.FromSeconds(60));
            var wav = WavFile.Parse((await api.BlobAsync("recordings", name))!);
            Assert.Equal(1.5, wav.Seconds);
            Assert.Equal([1, 2, 3], wav.Left.Distinct().Select(level => (int)level));
            Assert.NotNull(await api.BlobAsync("transcripts", $"org_default/{journal.Session.Id}.json"));
        }
        finally
        {
            await api.DisposeAsync();
            await azurite.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_service_that_stops_ends_what_is_open()
    {
        var api = new VoiceApi();
        await api.InitializeAsync();
        var journal = await api.OpenAsync();
        journal.CompleteTurn(VoiceApi.Turn(1));
        await api.StopServiceAsync().OrTimeout();

        Assert.Equal("ended server_shutdown 1", await api.Database.ScalarAsync<string>(
            $"select concat_ws(' ', status, end_reason, turn_count) from voice.sessions where id = '{journal.Session.Id}'"));
        await api.DisposeAsync();
    }

    private static Task TurnsAsync(VoiceApi api, string sessionId, int count) => Deadline.Until(async () =>
        await api.Database.ScalarAsync<int>($"select turn_count from voice.sessions where id = '{sessionId}'") == count);

    private static async Task SetDatabaseAsync(VoiceApi api, bool available)
    {
        var name = new NpgsqlConnectionStringBuilder(api.Database.ConnectionString).Database!;
        var server = await BackingServers.PostgresAsync();
        await using var admin = NpgsqlDataSource.Create(server.ConnectionStringFor("postgres") + ";Pooling=false");
        await using var connection = await admin.OpenConnectionAsync();
        foreach (var sql in new[]
        {
            $"alter database {name} allow_connections {available}",
            $"select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = '{name}' and not {available}",
        })
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
        }

        // The test's own connections were ended with the service's.
        api.Database.DataSource.Clear();
    }
}
