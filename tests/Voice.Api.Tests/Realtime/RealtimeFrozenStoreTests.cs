using Voice.Api.Sessions;
using Voice.Api.Tests.Support;

namespace Voice.Api.Tests.Realtime;

/// <summary>
/// Stores that hang or are killed during a call. A store that hangs is worse than one that is gone: connections to it are made and
/// nothing ever comes back.
/// </summary>
public sealed class RealtimeFrozenStoreTests(RealtimeFrozenStoreTests.PatientHost fixture) : IClassFixture<RealtimeFrozenStoreTests.PatientHost>, IAsyncLifetime
{
    private readonly OutageHost _host = fixture.Host;

    // A test that failed may have left one frozen or dead.
    public Task InitializeAsync() => _host.Servers.StartAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_call_goes_on_while_the_database_hangs_and_new_ones_are_told_to_try_again()
    {
        await using var call = await OutageCall.BeginAsync(_host);
        await call.AskAsync("before it hangs");
        _host.Servers.Freeze(BackingStore.Database);
        await call.AskAsync("while it hangs");
        await RefusedAsync("?agent=receptionist");
        await RefusedAsync("?intent=transcription");
        await call.AskAsync("and still");

        _host.Servers.Thaw(BackingStore.Database);
        await call.AskAsync("when it goes on");
        await call.HangUpAsync();
        await call.VerifyAsync();
        await NothingLeftAsync();
    }

    [Fact]
    public async Task A_call_goes_on_while_the_database_is_dead_and_new_ones_are_told_to_try_again()
    {
        await using var call = await OutageCall.BeginAsync(_host);
        await call.AskAsync("before it dies");
        await _host.KillAsync(BackingStore.Database);
        await call.AskAsync("while it is dead");
        await RefusedAsync("?agent=receptionist");

        await _host.Servers.StartAsync(BackingStore.Database);
        await call.AskAsync("when it is back");
        await call.HangUpAsync();
        await call.VerifyAsync();
        await NothingLeftAsync();
    }

    [Fact]
    public async Task Calls_begin_go_on_and_end_while_the_cache_hangs()
    {
        await using var call = await OutageCall.BeginAsync(_host);
        await call.AskAsync("before it hangs");
        _host.Servers.Freeze(BackingStore.Cache);
        await call.AskAsync("while it hangs");
        await using (var brief = await OutageCall.BeginAsync(_host))
        {
            await brief.AskAsync("begun without the cache");
            await brief.HangUpAsync();
            await brief.VerifyAsync();
        }

        _host.Servers.Thaw(BackingStore.Cache);
        await call.AskAsync("when it goes on");
        await Deadline.Until(async () => await _host.Api.Redis.KeyExistsAsync(LiveSessions.Key(call.Id)));
        await call.HangUpAsync();
        await call.VerifyAsync();
        await NothingLeftAsync();
    }

    [Fact]
    public async Task Calls_begin_go_on_and_end_while_the_cache_is_dead()
    {
        await using var call = await OutageCall.BeginAsync(_host);
        await call.AskAsync("before it dies");
        await _host.KillAsync(BackingStore.Cache);
        await call.AskAsync("while it is dead");
        await using (var brief = await OutageCall.BeginAsync(_host))
        {
            await brief.AskAsync("begun without the cache");
            await brief.HangUpAsync();
            await brief.VerifyAsync();
        }

        await _host.Servers.StartAsync(BackingStore.Cache);
        await call.AskAsync("when it is back");
        await call.HangUpAsync();
        await call.VerifyAsync();
        await NothingLeftAsync();
    }

    private async Task RefusedAsync(string query)
    {
        await using var early = await _host.Realtime.ConnectAsync(query);
        var error = await early.ErrorAsync();
        Assert.Equal("database_unavailable", error.GetProperty("code").GetString());
        Assert.True(error.GetProperty("retry_after_ms").GetInt32() > 0);
        await early.UntilClosedAsync();
        Assert.Equal(1013, (int)early.CloseStatus!);
    }

    /// <summary>Neither in the record nor in the cache: no call of these tests goes on.</summary>
    private async Task NothingLeftAsync()
    {
        await Deadline.Until(async () => await _host.Api.Database.ScalarAsync<long>("select count(*) from voice.sessions where status = 'active'") == 0);
        Assert.Empty(_host.Api.Journals.SessionIds);
    }

    /// <summary>Whose database driver does not give up within a test: what is limited is limited here.</summary>
    public sealed class PatientHost : IAsyncLifetime
    {
        public OutageHost Host { get; } = new() { DatabaseSettings = ";Command Timeout=300;Timeout=300" };

        public Task InitializeAsync() => Host.InitializeAsync();

        public Task DisposeAsync() => Host.DisposeAsync();
    }
}
