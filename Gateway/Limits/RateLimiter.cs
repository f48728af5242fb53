using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Voice.Gateway.Limits;

/// <summary>
/// Asks Redis, for all requests that came while the last answer was under way at once: exact as one by one, and at ten thousand requests a
/// second a few hundred round trips. Where Redis does not answer, this process' share decides, until it does.
/// </summary>
internal sealed partial class RateLimiter(
    IConnectionMultiplexer redis, IOptions<LimitOptions> options, LocalBuckets local, GatewayCount gateways, LimitMetrics metrics, TimeProvider time,
    ILogger<RateLimiter> logger) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // Charges at once after an outage; a few round trips of this size, not one of fifty thousand buckets.
    private const int ChargesAtOnce = 500;

    private readonly Lock _gate = new();
    private LimitBatch? _waiting;
    private bool _asking;
    private Task _work = Task.CompletedTask;

    // Read and written by several threads; 0 while Redis answers.
    private long _awaySince;

    public Task<Admission> AdmitAsync(LimitPlan plan)
    {
        var waiter = new TaskCompletionSource<Admission>(TaskCreationOptions.RunContinuationsAsynchronously);
        LimitBatch batch;
        lock (_gate)
        {
            (_waiting ??= new LimitBatch()).Add(plan, waiter);
            if (_asking)
            {
                return waiter.Task;
            }

            (batch, _waiting, _asking) = (_waiting, null, true);
        }

        _work = AskAsync(batch);
        return waiter.Task;
    }

    /// <summary>Takes what is known now, whatever is there; a bucket may go into debt. A negative cost gives back.</summary>
    public async Task ChargeAsync(IReadOnlyList<Bucket> buckets)
    {
        if (buckets.Count == 0 || IsAway())
        {
            // Of the outage only what was let in here is remembered.
            return;
        }

        try
        {
            await ChargeInRedisAsync(buckets);
        }
        catch (Exception exception) when (IsOutage(exception))
        {
            Away(exception);
        }
    }

    /// <summary>After the last request: whoever still waits is answered.</summary>
    public async ValueTask DisposeAsync() => await _work;

    private async Task AskAsync(LimitBatch batch)
    {
        while (true)
        {
            await AnswerAsync(batch);
            lock (_gate)
            {
                if (_waiting is not { } next)
                {
                    _asking = false;
                    return;
                }

                (batch, _waiting) = (next, null);
            }
        }
    }

    private async Task AnswerAsync(LimitBatch batch)
    {
        try
        {
            if (!IsAway())
            {
                if (Volatile.Read(ref _awaySince) != 0)
                {
                    await ReturnAsync();
                }

                await batch.AskAsync(redis.GetDatabase(), options.Value.Patience, time);
                return;
            }
        }
        catch (Exception exception) when (IsOutage(exception))
        {
            Away(exception);
        }
        catch (Exception exception)
        {
            // Nobody may wait for ever, whatever went wrong: the local limits answer.
            Log.Failed(logger, exception);
        }

        metrics.Local();
        batch.Answer(plan => local.Admit(plan, gateways.Value));
    }

    private static bool IsOutage(Exception exception) => exception is RedisException or TimeoutException or ObjectDisposedException;

    private bool IsAway() => Volatile.Read(ref _awaySince) is not 0 and var since && time.GetElapsedTime(since) < Pause;

    private void Away(Exception exception)
    {
        if (Interlocked.Exchange(ref _awaySince, Math.Max(1, time.GetTimestamp())) == 0)
        {
            Log.Away(logger, exception.Message);
        }
    }

    private async Task ReturnAsync()
    {
        // Before anybody is let in by Redis again; if it is gone once more, these are forgotten, and one share was given too much.
        await redis.GetDatabase().PingAsync().WaitAsync(options.Value.Patience, time);
        foreach (var part in local.TakeOutstanding().Chunk(ChargesAtOnce))
        {
            await ChargeInRedisAsync(part);
        }

        Volatile.Write(ref _awaySince, 0);
        Log.Back(logger);
    }

    private Task ChargeInRedisAsync(IReadOnlyList<Bucket> buckets)
    {
        var plan = new LimitPlan(buckets);
        return redis.GetDatabase().ScriptEvaluateAsync(LimitScript.Text, plan.Keys, [0, buckets.Count, .. plan.Arguments])
            .WaitAsync(options.Value.Patience, time);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Redis does not answer; this gateway limits its share by itself: {Reason}")]
        public static partial void Away(ILogger logger, string reason);

        [LoggerMessage(2, LogLevel.Information, "Redis answers again; limits are shared among the gateways.")]
        public static partial void Back(ILogger logger);

        [LoggerMessage(3, LogLevel.Error, "The limits in Redis could not be asked.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
