using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Voice;
using Voice.ServiceDefaults.Messaging;
using Voice.ServiceDefaults.Messaging.Contracts;

namespace ServiceDefaults.Tests.Messaging;

public sealed class DeliveryTests : IAsyncLifetime
{
    private MessagingHost _host = null!;

    public async Task InitializeAsync() => _host = await MessagingHost.CreateAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_committed_message_reaches_the_handler_as_it_was_published()
    {
        var publisher = await _host.StartPublisherAsync();
        var received = new TaskCompletionSource<TurnCompleted>();
        await _host.StartConsumerAsync((turn, _, _) =>
        {
            received.TrySetResult(turn);
            return Task.CompletedTask;
        });
        var turn = MessagingHost.Turn("sess_1", 1, "안녕 \"quoted\" \\ \n");
        await _host.PublishAsync(publisher, turn);
        var arrived = await received.Task.OrTimeout();
        Assert.Equal(turn.LatencyMs, arrived.LatencyMs);
        Assert.Equal(turn, arrived with { LatencyMs = turn.LatencyMs });
    }

    [Fact]
    public async Task Nothing_is_published_when_the_transaction_rolls_back()
    {
        var publisher = await _host.StartPublisherAsync();
        await _host.StartConsumerAsync(MessagingHost.RecordAsync);
        await using (var connection = await _host.Database.DataSource.OpenConnectionAsync())
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await publisher.Services.GetRequiredService<Outbox>().AddAsync(connection, transaction, MessagingHost.Turn("sess_1", 1), CancellationToken.None);
            await transaction.RollbackAsync();
        }

        // A later message that arrives shows that the earlier one would have.
        await _host.PublishAsync(publisher, MessagingHost.Turn("sess_2", 1));
        await _host.UntilHandledAsync(1);
        Assert.Equal("sess_2", await _host.Database.ScalarAsync<string>("select string_agg(session, ',') from safety.effects"));
    }

    [Fact]
    public async Task A_session_is_handled_in_order_while_sessions_run_in_parallel()
    {
        const int Sessions = 12;
        const int Turns = 15;
        var publisher = await _host.StartPublisherAsync();
        var (running, most) = (0, 0);
        var busy = new ConcurrentDictionary<string, int>();
        var overlaps = 0;
        async Task Handle(TurnCompleted turn, MessageContext context, CancellationToken cancellationToken)
        {
            InterlockedMax(ref most, Interlocked.Increment(ref running));
            if (busy.AddOrUpdate(turn.SessionId, 1, (_, n) => n + 1) > 1)
            {
                Interlocked.Increment(ref overlaps);
            }

            try
            {
                // Some turns fail once: a retry must not let the next turn overtake.
                if (turn.Sequence % 5 == 0 && context.Attempt == 1)
                {
                    throw new InvalidOperationException("once");
                }

                await MessagingHost.RecordAsync(turn, context, cancellationToken);
            }
            finally
            {
                busy.AddOrUpdate(turn.SessionId, 0, (_, n) => n - 1);
                Interlocked.Decrement(ref running);
            }
        }

        // Two processes' worth of consumers compete.
        await _host.StartConsumerAsync(Handle);
        await _host.StartConsumerAsync(Handle);
        await Task.WhenAll(Enumerable.Range(0, Sessions).Select(async session =>
        {
            for (var turn = 1; turn <= Turns; turn++)
            {
                await _host.PublishAsync(publisher, MessagingHost.Turn($"sess_{session}", turn));
            }
        })).OrTimeout();
        await _host.UntilHandledAsync(Sessions * Turns);

        Assert.Equal(0, overlaps);
        Assert.True(most > 1, "sessions ran one after another");
        var outOfOrder = await _host.Database.ScalarAsync<long>(
            "select count(*) from (select sequence, row_number() over (partition by session order by id) as expected from safety.effects) e where sequence <> expected");
        Assert.Equal(0, outOfOrder);
        Assert.Equal(Sessions * Turns, await _host.EffectsAsync());
    }

    [Fact]
    public async Task A_handler_whose_connection_is_killed_has_its_effect_once()
    {
        var publisher = await _host.StartPublisherAsync();
        var calls = 0;
        await _host.StartConsumerAsync(async (turn, context, cancellationToken) =>
        {
            await MessagingHost.RecordAsync(turn, context, cancellationToken);
            if (Interlocked.Increment(ref calls) == 1)
            {
                await _host.Database.ExecuteAsync($"select pg_terminate_backend({context.Connection.ProcessID})");
            }
        });
        await _host.PublishAsync(publisher, MessagingHost.Turn("sess_1", 1), MessagingHost.Turn("sess_1", 2));
        await _host.UntilHandledAsync(2);
        Assert.Equal("1,2", await _host.Database.ScalarAsync<string>("select string_agg(sequence::text, ',' order by id) from safety.effects"));
        Assert.Equal(3, calls);
    }

    [Fact]
    public async Task A_consumer_that_dies_in_the_middle_leaves_its_message_to_another_after_the_lease()
    {
        var publisher = await _host.StartPublisherAsync();

        // What a killed process leaves: a claim that nobody renews.
        await using var deadSource = NpgsqlDataSource.Create(_host.Database.ConnectionString);
        var dead = new Voice.ServiceDefaults.Messaging.Postgres.DeliveryTable(
            deadSource, Subscriptions.Safety, new SubscriptionOptions { Lease = TimeSpan.FromMilliseconds(700) });
        await _host.PublishAsync(publisher, MessagingHost.Turn("sess_1", 1), MessagingHost.Turn("sess_1", 2));
        await Deadline.Until(async () => (await dead.ExchangeAsync([], [], 10, CancellationToken.None)).Claimed.Count == 1);

        var lease = await _host.Database.ScalarAsync<DateTime>("select max(lease_until) from messaging.deliveries where subscription = 'safety'");
        await _host.StartConsumerAsync(MessagingHost.RecordAsync, ("Messaging:PollInterval", "00:00:00.050"));
        await _host.UntilHandledAsync(2);
        Assert.True(await _host.Database.ScalarAsync<DateTime>("select min(at) from safety.effects") >= lease);
        Assert.Equal("1:2,2:1", await _host.Database.ScalarAsync<string>("select string_agg(sequence || ':' || attempt, ',' order by id) from safety.effects"));
    }

    [Fact]
    public async Task A_long_handler_keeps_its_message_by_renewing_the_lease()
    {
        var publisher = await _host.StartPublisherAsync();
        var calls = 0;
        var renewed = new TaskCompletionSource();
        (string, string?)[] settings = [("Messaging:Lease", "00:00:03"), ("Messaging:PollInterval", "00:00:00.050")];
        async Task Handle(TurnCompleted turn, MessageContext context, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref calls);
            await renewed.Task;
            await MessagingHost.RecordAsync(turn, context, cancellationToken);
        }

        await _host.StartConsumerAsync(Handle, settings);
        await _host.StartConsumerAsync(Handle, settings);
        await _host.PublishAsync(publisher, MessagingHost.Turn("sess_1", 1));
        await Deadline.Until(() => Task.FromResult(Volatile.Read(ref calls) == 1));
        var first = await _host.Database.ScalarAsync<DateTime>("select lease_until from messaging.deliveries where subscription = 'safety'");

        // A lease later it is still the first consumer's.
        await Deadline.Until(async () => await _host.Database.ScalarAsync<DateTime>("select lease_until from messaging.deliveries where subscription = 'safety'") > first.AddSeconds(3));
        renewed.SetResult();
        await _host.UntilHandledAsync(1);
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task Publishing_an_id_again_does_nothing()
    {
        var publisher = await _host.StartPublisherAsync();
        await _host.StartConsumerAsync(MessagingHost.RecordAsync);
        var transport = publisher.Services.GetRequiredService<IMessageTransport>();
        var envelope = Envelope("msg_1", "sess_1", MessagingHost.Turn("sess_1", 1));
        await transport.PublishAsync([envelope, envelope], CancellationToken.None);
        await _host.UntilHandledAsync(1);

        // Handled and gone from the bus, but remembered by the inbox.
        await transport.PublishAsync([envelope, Envelope("msg_2", "sess_1", MessagingHost.Turn("sess_1", 2))], CancellationToken.None);
        await _host.UntilHandledAsync(2);
        Assert.Equal("1,2", await _host.Database.ScalarAsync<string>("select string_agg(sequence::text, ',' order by id) from safety.effects"));
    }

    [Fact]
    public async Task A_message_without_a_handler_is_acknowledged()
    {
        var publisher = await _host.StartPublisherAsync();
        await _host.StartConsumerAsync(MessagingHost.RecordAsync);
        await _host.PublishAsync(
            publisher,
            new SessionStarted("sess_1", "org_1", "user_1", "receptionist", "agent", "en", DateTimeOffset.UnixEpoch),
            MessagingHost.Turn("sess_1", 1));
        await _host.UntilHandledAsync(1);
    }

    [Fact]
    public async Task The_handler_is_in_the_trace_of_the_publisher()
    {
        using var activities = new ActivityCollector("Voice.*");
        using var source = new ActivitySource("Voice.Test.Publisher");
        var publisher = await _host.StartPublisherAsync();
        var seen = new TaskCompletionSource<ActivityTraceId>();
        await _host.StartConsumerAsync((_, _, _) =>
        {
            seen.TrySetResult(Activity.Current!.TraceId);
            return Task.CompletedTask;
        });
        ActivityTraceId trace;
        using (var turn = source.StartActivity("turn"))
        {
            trace = turn!.TraceId;
            await _host.PublishAsync(publisher, MessagingHost.Turn("sess_1", 1));
        }

        Assert.Equal(trace, await seen.Task.OrTimeout());
        await Deadline.Until(() => Task.FromResult(activities.OfTrace(trace).Count == 3));
        Assert.Equal(["handle TurnCompleted", "publish TurnCompleted", "turn"], activities.OfTrace(trace).Select(activity => activity.DisplayName).Order());
    }

    private static MessageEnvelope Envelope(string id, string key, TurnCompleted turn) =>
        new(id, key, nameof(TurnCompleted), MessageTypes.Serialize(turn), null, DateTimeOffset.UnixEpoch);

    private static void InterlockedMax(ref int target, int value)
    {
        for (var current = Volatile.Read(ref target); value > current; current = Volatile.Read(ref target))
        {
            Interlocked.CompareExchange(ref target, value, current);
        }
    }
}
