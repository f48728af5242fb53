using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Voice;
using Voice.ServiceDefaults.Messaging;
using Voice.ServiceDefaults.Messaging.Postgres;

namespace ServiceDefaults.Tests.Messaging;

/// <summary>Rounds of a consumer, and what the relay moves.</summary>
public sealed class ExchangeTests : IAsyncLifetime
{
    private MessagingHost _host = null!;

    public async Task InitializeAsync() => _host = await MessagingHost.CreateAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task One_round_takes_away_what_is_done_and_claims_what_that_set_free()
    {
        var table = await PublishedAsync(MessagingHost.Turn("sess_1", 1), MessagingHost.Turn("sess_1", 2), MessagingHost.Turn("sess_2", 1));

        var (first, _) = await table.ExchangeAsync([], [], 10, CancellationToken.None);
        Assert.Equal(2, first.Count);
        var (second, kept) = await table.ExchangeAsync(first, [], 10, CancellationToken.None);

        Assert.Empty(kept);
        Assert.Contains("turn_sess_1_2", Assert.Single(second).Delivery.Message.Body);
        Assert.Equal(1, await LeftAsync());
    }

    [Fact]
    public async Task What_has_become_anothers_is_neither_taken_away_nor_kept()
    {
        var table = await PublishedAsync(MessagingHost.Turn("sess_1", 1), MessagingHost.Turn("sess_2", 1));
        var (claimed, _) = await table.ExchangeAsync([], [], 10, CancellationToken.None);
        await _host.Database.ExecuteAsync("update messaging.deliveries set lease_owner = gen_random_uuid() where subscription = 'safety' and key = 'sess_1'");

        var (_, kept) = await table.ExchangeAsync([], claimed, 0, CancellationToken.None);
        Assert.Equal(claimed.Where(delivery => delivery.Delivery.Message.Key == "sess_2").Select(delivery => delivery.Sequence).Order(), kept.Order());

        await table.ExchangeAsync(claimed, [], 0, CancellationToken.None);
        Assert.Equal("sess_1", await _host.Database.ScalarAsync<string>("select string_agg(key, ',') from messaging.deliveries where subscription = 'safety'"));
    }

    [Fact]
    public async Task A_round_without_room_claims_nothing()
    {
        var table = await PublishedAsync(MessagingHost.Turn("sess_1", 1));

        Assert.Empty((await table.ExchangeAsync([], [], 0, CancellationToken.None)).Claimed);
    }

    [Fact]
    public async Task Work_moves_to_who_does_it_and_events_to_everybody()
    {
        var publisher = await _host.StartPublisherAsync();
        await _host.Database.ExecuteAsync(
            "insert into voice.outbox (id, key, type, body, created_at) values ('msg_1', 'k', 'TranscriptionWork', '{}', now()), ('msg_2', 'k', 'TurnCompleted', '{}', now())");
        await Deadline.Until(async () => await _host.Database.ScalarAsync<long>("select count(*) from voice.outbox") == 0);

        Assert.Equal(
            "msg_1:transcription-jobs,msg_2:export,msg_2:safety,msg_2:usage",
            await _host.Database.ScalarAsync<string>("select string_agg(message_id || ':' || subscription, ',' order by message_id, subscription) from messaging.deliveries"));
        Assert.NotNull(publisher);
    }

    [Fact]
    public async Task What_waits_when_the_process_stops_goes_back_with_its_attempt()
    {
        const int Sessions = 60;
        var publisher = await _host.StartPublisherAsync();
        var (blocked, entered) = (new TaskCompletionSource(), 0);
        var block = false;
        var consumer = await _host.StartConsumerAsync(
            async (turn, context, cancellationToken) =>
            {
                if (Volatile.Read(ref block))
                {
                    Interlocked.Increment(ref entered);
                    await blocked.Task;
                }

                await MessagingHost.RecordAsync(turn, context, cancellationToken);
            },
            ("Messaging:MaxConcurrency", "2"));

        // Quick ones first, so that some are claimed ahead.
        await _host.PublishAsync(publisher, [.. Enumerable.Range(0, Sessions).Select(session => MessagingHost.Turn($"sess_{session}", 1))]);
        await Deadline.Until(async () => await _host.EffectsAsync() >= Sessions / 2);
        Volatile.Write(ref block, true);
        await _host.PublishAsync(publisher, [.. Enumerable.Range(0, Sessions).Select(session => MessagingHost.Turn($"sess_{session}", 2))]);
        await Deadline.Until(() => Task.FromResult(Volatile.Read(ref entered) == 2));
        var stopping = _host.StopAsync(consumer);
        blocked.SetResult();
        await stopping.OrTimeout();

        Assert.Equal(0, await _host.Database.ScalarAsync<long>("select count(*) from messaging.deliveries where subscription = 'safety' and (attempt > 0 or lease_owner is not null)"));
        await _host.StartConsumerAsync(MessagingHost.RecordAsync);
        await _host.UntilHandledAsync(2 * Sessions);
        Assert.Equal(2 * Sessions, await _host.EffectsAsync());
    }

    private Task<long> LeftAsync() => _host.Database.ScalarAsync<long>("select count(*) from messaging.deliveries where subscription = 'safety'");

    private async Task<DeliveryTable> PublishedAsync(params Voice.ServiceDefaults.Messaging.Contracts.ISessionMessage[] messages)
    {
        var publisher = await _host.StartPublisherAsync();
        await _host.PublishAsync(publisher, messages);
        await Deadline.Until(async () => await LeftAsync() == messages.Length);
        return new DeliveryTable(publisher.Services.GetRequiredService<NpgsqlDataSource>(), Subscriptions.Safety, new SubscriptionOptions());
    }
}
