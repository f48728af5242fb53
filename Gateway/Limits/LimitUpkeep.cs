using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Voice.Gateway.Limits;

/// <summary>Renews the leases of this gateway's sessions, and says that it is there: the others share limits with it while Redis is away.</summary>
internal sealed partial class LimitUpkeep(
    SessionLeases leases, GatewayCount gateways, IConnectionMultiplexer redis, IOptions<LimitOptions> options, TimeProvider time, ILogger<LimitUpkeep> logger)
    : BackgroundService
{
    private readonly string _id = Guid.NewGuid().ToString("n");

    private RedisKey Key => LimitScript.Prefix(options.Value.Installation) + "gateways";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.SessionLease / 3, time);
        try
        {
            do
            {
                await TryAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await LeaveAsync();
        }
    }

    private async Task TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            await leases.RenewAsync(cancellationToken);
            gateways.Value = await CountAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            Log.NotRenewed(logger, exception.Message);
        }
    }

    private async Task<int> CountAsync(CancellationToken cancellationToken)
    {
        // Gateways' own clocks, as far apart as they may be, against a lease of many seconds.
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var database = redis.GetDatabase();
        var batch = database.CreateBatch();
        var added = batch.SortedSetAddAsync(Key, _id, now);
        var removed = batch.SortedSetRemoveRangeByScoreAsync(Key, double.NegativeInfinity, now - options.Value.SessionLease.TotalMilliseconds);
        var counted = batch.SortedSetLengthAsync(Key);
        batch.Execute();
        await Task.WhenAll(added, removed, counted).WaitAsync(options.Value.Patience, time, cancellationToken);
        return (int)await counted;
    }

    private async Task LeaveAsync()
    {
        try
        {
            await redis.GetDatabase().SortedSetRemoveAsync(Key, _id).WaitAsync(options.Value.Patience, time);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or ObjectDisposedException)
        {
            // It is forgotten after a lease.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "The leases of sessions were not renewed: {Reason}")]
        public static partial void NotRenewed(ILogger logger, string reason);
    }
}
