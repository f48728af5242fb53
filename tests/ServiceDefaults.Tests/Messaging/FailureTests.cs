using Microsoft.Extensions.DependencyInjection;
using Voice;
using Voice.ServiceDefaults.Messaging;

namespace ServiceDefaults.Tests.Messaging;

public sealed class FailureTests : IAsyncLifetime
{
    private MessagingHost _host = null!;

    public async Task InitializeAsync() => _host = await MessagingHost.CreateAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_failed_attempt_leaves_nothing_behind_and_is_repeated()
    {
        var publisher = await _host.StartPublisherAsync();
        await _host.StartConsumerAsync(async (turn, context, cancellationToken) =>
        {
            await MessagingHost.RecordAsync(turn, context, cancellationToken);
            if (context.Attempt < 3)
            {
                throw new InvalidOperationException("not yet");
            }
        });
        await _host.PublishAsync(publisher, MessagingHost.Turn("sess_1", 1));
        await _host.UntilHandledAsync(1);
        Assert.Equal("3", await _host.Database.ScalarAsync<string>("select string_agg(attempt::text, ',') from safety.effects"));
    }

    [Fact]
    public async Task What_fails_every_time_is_a_dead_letter_with_its_reason_and_the_session_goes_on()
    {
        var publisher = await _host.StartPublisherAsync();
        await _host.StartConsumerAsync((turn, context, cancellationToken) => turn.Sequence == 2
            ? throw new InvalidOperationException("the second turn is bad")
            : MessagingHost.RecordAsync(turn, context, cancellationToken));
        await _host.PublishAsync(publisher, MessagingHost.Turn("sess_1", 1), MessagingHost.Turn("sess_1", 2), MessagingHost.Turn("sess_1", 3));
        await _host.UntilHandledAsync(2);

        var transport = publisher.Services.GetRequiredService<IMessageTransport>();
        var letter = Assert.Single(await transport.ListDeadLettersAsync(Subscriptions.Safety, 10, CancellationToken.None));
        Assert.Equal("InvalidOperationException: the second turn is bad", letter.Reason);
        Assert.Equal(3, letter.Attempts);
        Assert.Equal("sess_1", letter.Message.Key);
        Assert.Equal("1,3", await _host.Database.ScalarAsync<string>("select string_agg(sequence::text, ',' order by id) from safety.effects"));
    }

    [Fact]
    public async Task A_dead_letter_that_is_replayed_is_handled_as_if_new()
    {
        var publisher = await _host.StartPublisherAsync();
        var broken = true;
        await _host.StartConsumerAsync((turn, context, cancellationToken) => Volatile.Read(ref broken)
            ? throw new InvalidOperationException("the database of the handler is away")
            : MessagingHost.RecordAsync(turn, context, cancellationToken));
        await _host.PublishAsync(publisher, MessagingHost.Turn("sess_1", 1));
        var transport = publisher.Services.GetRequiredService<IMessageTransport>();
        await Deadline.Until(async () => (await transport.ListDeadLettersAsync(Subscriptions.Safety, 10, CancellationToken.None)).Count == 1);
        var letter = Assert.Single(await transport.ListDeadLettersAsync(Subscriptions.Safety, 10, CancellationToken.None));

        Volatile.Write(ref broken, false);
        Assert.True(await transport.ReplayAsync(Subscriptions.Safety, letter.Message.Id, CancellationToken.None));
        await _host.UntilHandledAsync(1);
        Assert.Empty(await transport.ListDeadLettersAsync(Subscriptions.Safety, 10, CancellationToken.None));
        Assert.Equal(1, await _host.Database.ScalarAsync<int>("select attempt from safety.effects"));
        Assert.False(await transport.ReplayAsync(Subscriptions.Safety, letter.Message.Id, CancellationToken.None));
    }

    [Theory]
    [InlineData("{ no json")]
    [InlineData("null")]
    [InlineData("{\"session_id\":\"sess_1\"}")]
    public async Task A_body_that_is_no_such_message_is_a_dead_letter_at_once(string body)
    {
        var publisher = await _host.StartPublisherAsync();
        await _host.StartConsumerAsync(MessagingHost.RecordAsync);
        var transport = publisher.Services.GetRequiredService<IMessageTransport>();
        await transport.PublishAsync([new MessageEnvelope("msg_1", "sess_1", "TurnCompleted", body, null, DateTimeOffset.UnixEpoch)], CancellationToken.None);
        await Deadline.Until(async () => (await transport.ListDeadLettersAsync(Subscriptions.Safety, 10, CancellationToken.None)).Count == 1);
        var letter = Assert.Single(await transport.ListDeadLettersAsync(Subscriptions.Safety, 10, CancellationToken.None));
        Assert.Equal(1, letter.Attempts);
        Assert.StartsWith("The body is no TurnCompleted", letter.Reason);
    }

    [Fact]
    public async Task A_message_that_kills_its_consumer_each_time_ends_as_a_dead_letter()
    {
        var publisher = await _host.StartPublisherAsync();
        await _host.PublishAsync(publisher, MessagingHost.Turn("sess_1", 1));

        // Three processes claimed it and died without a word.
        await using var source = Npgsql.NpgsqlDataSource.Create(_host.Database.ConnectionString);
        var dying = new Voice.ServiceDefaults.Messaging.Postgres.DeliveryTable(source, Subscriptions.Safety, new SubscriptionOptions { Lease = TimeSpan.FromMilliseconds(1) });
        for (var death = 0; death < 3; death++)
        {
            await Deadline.Until(async () => (await dying.ExchangeAsync([], [], 1, CancellationToken.None)).Claimed.Count == 1);
        }

        var calls = 0;
        var consumer = await _host.StartConsumerAsync((_, _, _) =>
        {
            Interlocked.Increment(ref calls);
            return Task.CompletedTask;
        }, ("Messaging:PollInterval", "00:00:00.050"));
        var transport = consumer.Services.GetRequiredService<IMessageTransport>();
        await Deadline.Until(async () => (await transport.ListDeadLettersAsync(Subscriptions.Safety, 10, CancellationToken.None)).Count == 1);
        Assert.Equal(0, calls);
        Assert.Equal(4, Assert.Single(await transport.ListDeadLettersAsync(Subscriptions.Safety, 10, CancellationToken.None)).Attempts);
    }

    [Fact]
    public async Task Stopping_waits_for_the_handlers_in_progress()
    {
        var publisher = await _host.StartPublisherAsync();
        var (entered, leave) = (new TaskCompletionSource(), new TaskCompletionSource());
        var consumer = await _host.StartConsumerAsync(async (turn, context, cancellationToken) =>
        {
            entered.TrySetResult();
            await leave.Task;
            await MessagingHost.RecordAsync(turn, context, cancellationToken);
        });
        await _host.PublishAsync(publisher, MessagingHost.Turn("sess_1", 1));
        await entered.Task.OrTimeout();
        var stopping = _host.StopAsync(consumer);
        Assert.False(stopping.IsCompleted);
        leave.SetResult();
        await stopping.OrTimeout();
        await _host.UntilHandledAsync(1);
    }

    [Fact]
    public async Task A_handler_that_outlasts_the_time_for_stopping_rolls_back_and_the_message_waits()
    {
        var publisher = await _host.StartPublisherAsync();
        var entered = new TaskCompletionSource();
        var consumer = await _host.StartConsumerAsync(async (turn, context, cancellationToken) =>
        {
            await MessagingHost.RecordAsync(turn, context, cancellationToken);
            entered.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }, ("Messaging:StopTimeout", "00:00:00.100"));
        await _host.PublishAsync(publisher, MessagingHost.Turn("sess_1", 1));
        await entered.Task.OrTimeout();
        await _host.StopAsync(consumer).OrTimeout();
        Assert.Equal(0, await _host.EffectsAsync());

        await _host.StartConsumerAsync(MessagingHost.RecordAsync);
        await _host.UntilHandledAsync(1);
        Assert.Equal(1, await _host.Database.ScalarAsync<int>("select attempt from safety.effects"));
    }

    [Fact]
    public async Task Losing_every_connection_again_and_again_loses_nothing_doubles_nothing_and_keeps_the_order()
    {
        const int Sessions = 4;
        const int Turns = 15;
        (string, string?)[] settings = [("Messaging:PollInterval", "00:00:00.050"), ("Messaging:Lease", "00:00:01"), ("Messaging:MaxAttempts", "100")];
        var publisher = await _host.StartPublisherAsync();
        await _host.StartConsumerAsync(MessagingHost.RecordAsync, settings);
        await _host.StartConsumerAsync(MessagingHost.RecordAsync, settings);
        for (var turn = 1; turn <= Turns; turn++)
        {
            for (var session = 0; session < Sessions; session++)
            {
                // The writer's own transaction may be hit as well; then it has not happened, and is repeated.
                var message = MessagingHost.Turn($"sess_{session}", turn);
                await Deadline.Until(() => PublishedAsync(publisher, message));
            }

            if (turn % 4 == 0)
            {
                await _host.Database.ExecuteAsync(
                    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
            }
        }

        await _host.UntilHandledAsync(Sessions * Turns);
        var expected = string.Join(',', Enumerable.Range(1, Turns));
        Assert.Equal(
            string.Join(' ', Enumerable.Repeat(expected, Sessions)),
            await _host.Database.ScalarAsync<string>(
                "select string_agg(turns, ' ') from (select string_agg(sequence::text, ',' order by id) as turns from safety.effects group by session) s"));
    }

    [Fact]
    public async Task A_relay_that_fails_after_publishing_publishes_again_without_a_second_effect()
    {
        var failing = 2;
        var publisher = await _host.StartPublisherAsync(transport => new FailsAfterPublishing(transport, () => Interlocked.Decrement(ref failing) >= 0));
        await _host.StartConsumerAsync(MessagingHost.RecordAsync);
        await _host.PublishAsync(publisher, MessagingHost.Turn("sess_1", 1), MessagingHost.Turn("sess_1", 2));
        await Deadline.Until(async () => await _host.Database.ScalarAsync<long>("select count(*) from voice.outbox") == 0);
        await _host.UntilHandledAsync(2);
        Assert.Equal("1,2", await _host.Database.ScalarAsync<string>("select string_agg(sequence::text, ',' order by id) from safety.effects"));
    }

    private async Task<bool> PublishedAsync(TestService publisher, Voice.ServiceDefaults.Messaging.Contracts.TurnCompleted message)
    {
        try
        {
            await _host.PublishAsync(publisher, message);
            return true;
        }
        catch (Npgsql.NpgsqlException)
        {
            return false;
        }
    }

    private sealed class FailsAfterPublishing(IMessageTransport inner, Func<bool> fails) : IMessageTransport
    {
        public async Task PublishAsync(IReadOnlyList<MessageEnvelope> messages, CancellationToken cancellationToken)
        {
            await inner.PublishAsync(messages, cancellationToken);
            if (fails())
            {
                throw new TimeoutException("The answer of the bus is lost.");
            }
        }

        public Task ReceiveAsync(
            string subscription, SubscriptionOptions options, Func<MessageDelivery, CancellationToken, Task<DeliveryResult>> handler,
            CancellationToken cancellationToken) => inner.ReceiveAsync(subscription, options, handler, cancellationToken);

        public Task<IReadOnlyList<DeadLetter>> ListDeadLettersAsync(string subscription, int limit, CancellationToken cancellationToken) =>
            inner.ListDeadLettersAsync(subscription, limit, cancellationToken);

        public Task<bool> ReplayAsync(string subscription, string messageId, CancellationToken cancellationToken) =>
            inner.ReplayAsync(subscription, messageId, cancellationToken);
    }
}
