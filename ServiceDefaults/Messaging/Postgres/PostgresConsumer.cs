using Microsoft.Extensions.Logging;
using Npgsql;

namespace Voice.ServiceDefaults.Messaging.Postgres;

/// <summary>
/// One subscription's loop in one process. A round of it is one exchange with the database: what is done goes, what is worked on is kept, and what is free
/// is claimed while there is room. Beside it up to <see cref="SubscriptionOptions.MaxConcurrency"/> deliveries are handled.
/// </summary>
internal sealed partial class PostgresConsumer(
    string subscription, SubscriptionOptions options, DeliveryTable table, DeliveryWork work,
    NpgsqlDataSource dataSource, TimeProvider timeProvider, ILogger logger) : IAsyncDisposable
{
    private const int AheadPerHandler = 8;
    // Under load each round has what has come and gone meanwhile; on its own a message does not wait for it.
    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(4);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(30);

    private readonly NotificationListener _notifications = new(dataSource, PostgresTransport.ChannelOf(subscription), timeProvider, logger);
    private readonly CancellationTokenSource _finishing = new();

    // Touched by the loop only.
    private readonly Dictionary<long, InFlight> _held = [];
    private readonly List<Task> _workers = [];
    private readonly HandlingPace _pace = new(timeProvider, AheadPerHandler * options.MaxConcurrency);
    private DateTimeOffset _nextRetry = DateTimeOffset.MaxValue;
    private long _renewed = timeProvider.GetTimestamp();

    // Between the loop and the workers, both bounded by what is claimed at once.
    private readonly Lock _gate = new();
    private readonly Queue<InFlight> _waiting = [];
    private List<(InFlight Delivery, DeliveryResult Result)> _ended = [];
    private int _working;
    private int _few;

    public async Task RunAsync(CancellationToken stoppingToken)
    {
        await using var stopping = stoppingToken.Register(_notifications.Wake);
        ITimer? patience = null;
        var failures = 0;
        while (true)
        {
            if (stoppingToken.IsCancellationRequested)
            {
                // What is in progress may finish within the time for stopping; then it is told to roll back, and is waited for.
                patience ??= timeProvider.CreateTimer(
                    static state => ((CancellationTokenSource)state!).Cancel(), _finishing, options.StopTimeout, Timeout.InfiniteTimeSpan);
                ReleaseWaiting();
                if (_held.Count == 0)
                {
                    break;
                }
            }

            var (pause, began) = (options.PollInterval, timeProvider.GetTimestamp());
            try
            {
                await ExchangeAsync(stoppingToken.IsCancellationRequested);
                failures = 0;
            }
            catch (Exception exception)
            {
                // Whatever the database has, the messages stay where they are until it is over.
                failures++;
                Log.ClaimFailed(logger, subscription, failures, exception);
                pause = TimeSpan.FromTicks(Math.Min(MaxPause.Ticks, FirstPause.Ticks << Math.Min(failures, 10)));
                if (stoppingToken.IsCancellationRequested && GaveUp(exception))
                {
                    break;
                }
            }

            if (_held.Count == 0 && stoppingToken.IsCancellationRequested)
            {
                continue;
            }

            await _notifications.WaitAsync(UntilNextDue(pause), CancellationToken.None);
            if (Round - timeProvider.GetElapsedTime(began) is { Ticks: > 0 } rest)
            {
                await Task.Delay(rest, timeProvider, CancellationToken.None);
            }
        }

        if (patience is not null)
        {
            await patience.DisposeAsync();
        }

        await Task.WhenAll(_workers).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        await _notifications.DisposeAsync();
        _finishing.Dispose();
    }

    private async Task ExchangeAsync(bool stopping)
    {
        List<(InFlight Delivery, DeliveryResult Result)> ended;
        lock (_gate)
        {
            (ended, _ended) = (_ended, []);
        }

        var done = new List<InFlight>(ended.Count);
        foreach (var (delivery, result) in ended)
        {
            if (result.Outcome == DeliveryOutcome.Completed)
            {
                done.Add(delivery);
                continue;
            }

            RetryIn(await work.SettleAsync(delivery.Delivery, result));
            Forget(delivery);
        }

        var room = stopping ? 0 : Math.Max(0, options.MaxConcurrency + _pace.Ahead - (_held.Count - done.Count));
        var held = RenewalDue() ? _held.Values.Except(done).ToList() : [];
        if (done.Count == 0 && held.Count == 0 && room == 0)
        {
            return;
        }

        try
        {
            // Not cancelled by stopping: a claim that the database made and nobody heard of would wait for its lease to end.
            var (claimed, kept) = await table.ExchangeAsync(
                [.. done.Select(delivery => delivery.Delivery)], [.. held.Select(delivery => delivery.Delivery)], room, CancellationToken.None);
            done.ForEach(Forget);
            _pace.Add(ended.Count);
            await RenewedAsync(held, kept);
            Begin(claimed);
        }
        catch
        {
            lock (_gate)
            {
                // Next time; that they are handled is in the inbox already.
                _ended.AddRange(done.Select(delivery => (delivery, DeliveryResult.Completed)));
            }

            throw;
        }
    }

    private void Begin(List<LeasedDelivery> claimed)
    {
        if (claimed.Count == 0)
        {
            return;
        }

        var begin = 0;
        lock (_gate)
        {
            foreach (var delivery in claimed)
            {
                var held = new InFlight(delivery, _finishing.Token);
                _held.Add(delivery.Sequence, held);
                _waiting.Enqueue(held);
            }

            // While more than a few wait, those that end need not tell: there is one round for several.
            _few = _pace.Ahead / 2;
            begin = Math.Min(options.MaxConcurrency - _working, _waiting.Count);
            _working += begin;
        }

        _workers.RemoveAll(worker => worker.IsCompleted);
        for (; begin > 0; begin--)
        {
            _workers.Add(WorkAsync());
        }
    }

    private async Task WorkAsync()
    {
        // Off the loop at once, whatever the handler does before its first await.
        await Task.Yield();
        while (Next() is { } delivery)
        {
            var result = await work.HandleAsync(delivery.Delivery.Delivery, delivery.Lost);
            bool tell;
            lock (_gate)
            {
                _ended.Add((delivery, result));
                tell = result.Outcome != DeliveryOutcome.Completed || _waiting.Count <= _few;
            }

            if (tell)
            {
                _notifications.Wake();
            }
        }
    }

    private InFlight? Next()
    {
        lock (_gate)
        {
            if (_waiting.TryDequeue(out var delivery))
            {
                return delivery;
            }

            _working--;
            return null;
        }
    }

    private void ReleaseWaiting()
    {
        lock (_gate)
        {
            while (_waiting.TryDequeue(out var delivery))
            {
                _ended.Add((delivery, DeliveryResult.Released));
            }
        }
    }

    /// <summary>Nothing works any more, and the database does not take what is left: it comes again when the lease is over.</summary>
    private bool GaveUp(Exception exception)
    {
        lock (_gate)
        {
            if (_working > 0)
            {
                return false;
            }
        }

        foreach (var delivery in _held.Values)
        {
            work.Unsettled(delivery.Delivery, exception);
        }

        return true;
    }

    private async Task RenewedAsync(List<InFlight> held, HashSet<long> kept)
    {
        if (held.Count > 0)
        {
            _renewed = timeProvider.GetTimestamp();
        }

        foreach (var delivery in held.Where(delivery => !kept.Contains(delivery.Delivery.Sequence)))
        {
            work.Lost(delivery.Delivery);
            await delivery.LoseAsync();
        }
    }

    private bool RenewalDue() => timeProvider.GetElapsedTime(_renewed) >= options.Lease / 3;

    private void Forget(InFlight delivery)
    {
        _held.Remove(delivery.Delivery.Sequence);
        delivery.Dispose();
    }

    private void RetryIn(TimeSpan? pause)
    {
        if (pause is { } wait && timeProvider.GetUtcNow() + wait is var time && time < _nextRetry)
        {
            _nextRetry = time;
        }
    }

    private TimeSpan UntilNextDue(TimeSpan pause)
    {
        var wait = _held.Count == 0 ? pause : TimeSpan.FromTicks(Math.Min(pause.Ticks, options.Lease.Ticks / 3));
        var retry = _nextRetry - timeProvider.GetUtcNow();
        if (retry > TimeSpan.Zero)
        {
            return retry < wait ? retry : wait;
        }

        // Due now or missed by a moment; the interval finds what this leaves behind.
        _nextRetry = DateTimeOffset.MaxValue;
        return TimeSpan.FromMilliseconds(10);
    }
}
