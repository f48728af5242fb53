using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;
using Voice.Api.Sessions;
using Voice.Api.Tests.Support;
using Voice.ServiceDefaults.Live;

namespace Voice.Api.Tests.Realtime;

/// <summary>Whole calls during which a store is stopped and started: the conversation goes on, and nothing of it is lost.</summary>
public sealed class RealtimeOutageTests(OutageHost host) : IClassFixture<OutageHost>, IAsyncLifetime
{
    // A test that failed may have left one stopped.
    public Task InitializeAsync() => host.Servers.StartAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData(BackingStore.Database)]
    [InlineData(BackingStore.Cache)]
    [InlineData(BackingStore.Blobs)]
    public async Task A_call_goes_on_while_a_store_is_away_and_its_record_is_whole(BackingStore store)
    {
        await using var call = await OutageCall.BeginAsync(host);
        await call.AskAsync("before it goes");
        await host.StopAsync(store);
        await call.AskAsync("while it is away");
        await call.AskAsync("and still");
        await host.Servers.StartAsync(store);
        await call.AskAsync("when it is back");
        await call.HangUpAsync();

        await call.VerifyAsync();
    }

    [Theory]
    [InlineData(BackingStore.Database)]
    [InlineData(BackingStore.Cache)]
    [InlineData(BackingStore.Blobs)]
    public async Task A_call_that_ends_while_a_store_is_away_is_in_the_record_when_it_is_back(BackingStore store)
    {
        await using var call = await OutageCall.BeginAsync(host);
        await call.AskAsync("before it goes");
        await host.StopAsync(store);
        await call.AskAsync("while it is away");
        await call.HangUpAsync();
        await host.Servers.StartAsync(store);

        await call.VerifyAsync();
    }

    [Fact]
    public async Task A_call_goes_on_while_every_store_is_away_and_they_come_back_one_by_one()
    {
        await using var call = await OutageCall.BeginAsync(host);
        await call.AskAsync("before they go");
        await Task.WhenAll(Enum.GetValues<BackingStore>().Select(host.StopAsync));
        await call.AskAsync("without any");
        await host.Servers.StartAsync(BackingStore.Blobs);
        await call.AskAsync("with one");
        await host.Servers.StartAsync(BackingStore.Cache);
        await host.Servers.StartAsync(BackingStore.Database);
        await call.AskAsync("with all");
        await call.HangUpAsync();

        await call.VerifyAsync();
    }

    [Fact]
    public async Task A_cache_that_comes_back_empty_knows_the_call_again_and_reaches_it()
    {
        await using var call = await OutageCall.BeginAsync(host);
        await call.AskAsync("before it goes");
        await host.StopAsync(BackingStore.Cache);
        await call.AskAsync("while it is away");
        await host.Servers.StartAsync(BackingStore.Cache);
        var live = host.Api.Services.GetRequiredService<LiveChannel>();
        var told = call.Client.UntilAsync("voiceaspire.safety");
        // What is published before this process listens again is lost, which is known of this channel.
        await Deadline.Until(async () => await TryPublishAsync(live, call.Id) && told.IsCompleted);
        Assert.Equal(call.Id, (await told).GetProperty("intervention").GetProperty("session_id").GetString());

        await call.AskAsync("when it is back");
        await Deadline.Until(async () => await host.Api.Redis.KeyExistsAsync(LiveSessions.Key(call.Id)));
        await call.HangUpAsync();
        await call.VerifyAsync();
        await Deadline.Until(async () => !await host.Api.Redis.KeyExistsAsync(LiveSessions.Key(call.Id)));
    }

    [Fact]
    public async Task A_call_can_begin_while_the_cache_is_away()
    {
        await host.StopAsync(BackingStore.Cache);
        await using var call = await OutageCall.BeginAsync(host);
        await call.AskAsync("without the cache");
        await host.Servers.StartAsync(BackingStore.Cache);
        var live = host.Api.Services.GetRequiredService<LiveChannel>();
        var told = call.Client.UntilAsync("voiceaspire.safety");
        // It listens as soon as the cache is back, though it was not there when the call began.
        await Deadline.Until(async () => await TryPublishAsync(live, call.Id) && told.IsCompleted);
        await told;
        await call.HangUpAsync();

        await call.VerifyAsync();
    }

    [Theory]
    [InlineData("?agent=receptionist")]
    [InlineData("?intent=transcription")]
    public async Task Who_calls_while_the_database_is_away_is_told_to_try_again_and_can(string query)
    {
        await host.StopAsync(BackingStore.Database);
        await using (var early = await host.Realtime.ConnectAsync(query))
        {
            var error = await early.ErrorAsync();
            Assert.Equal(("server_error", "database_unavailable"), (error.GetProperty("type").GetString(), error.GetProperty("code").GetString()));
            Assert.True(error.GetProperty("retry_after_ms").GetInt32() > 0);
            await early.UntilClosedAsync();
            Assert.Equal(1013, (int)early.CloseStatus!);
        }

        await host.Servers.StartAsync(BackingStore.Database);
        await using var call = await OutageCall.BeginAsync(host);
        await call.AskAsync("now it is there");
        await call.HangUpAsync();
        await call.VerifyAsync();
    }

    private static async Task<bool> TryPublishAsync(LiveChannel live, string sessionId)
    {
        try
        {
            var intervention = new LiveIntervention(
                $"int_{Guid.NewGuid():n}", sessionId, null, "distress", "concern", "en", "Somebody is there for you.", [], TimeProvider.System.GetUtcNow());
            await live.PublishAsync(intervention, CancellationToken.None).OrTimeout();
            return true;
        }
        catch (RedisException)
        {
            return false;
        }
    }
}
