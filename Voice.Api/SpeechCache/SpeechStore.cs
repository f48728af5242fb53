using System.Threading.Channels;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Voice.Api.SpeechCache;

/// <summary>
/// Audio in Redis. Never in anybody's way: reading has a budget, writing is done behind, and a Redis that is away is one that has nothing.
/// </summary>
internal sealed partial class SpeechStore(
    IConnectionMultiplexer redis, SpeechMemory memory, SpeechCacheMetrics metrics, IOptions<SpeechCacheOptions> options, TimeProvider time, ILogger<SpeechStore> logger)
    : BackgroundService
{
    /// <summary>After a failure Redis is not asked for so long: a clause should not wait for what is known to be away.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan CommandTimeout = TimeSpan.FromSeconds(1);

    private readonly SpeechCacheOptions _options = options.Value;

    // What finds it full is not kept, and is made again the next time.
    private readonly Channel<Work> _work = Channel.CreateBounded<Work>(
        new BoundedChannelOptions(64) { SingleReader = true, SingleWriter = false, FullMode = BoundedChannelFullMode.Wait });

    private long _restingSince;
    private long _hour = time.GetTimestamp();
    private long _bytesThisHour;

    /// <returns>Null where there is none, or where Redis does not say so in time.</returns>
    public async ValueTask<byte[]?> FindAsync(string key, CancellationToken cancellationToken)
    {
        if (Resting)
        {
            return null;
        }

        Task<RedisValue>? asked = null;
        try
        {
            asked = redis.GetDatabase().StringGetAsync(key);
            return Valid(await asked.WaitAsync(_options.LookupBudget, time, cancellationToken));
        }
        catch (TimeoutException)
        {
            // What comes too late for this clause is there for the next.
            metrics.Used("late");
            _work.Writer.TryWrite(new Work(key, [], default, asked));
            return null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Failed(exception);
            return null;
        }
    }

    /// <param name="audio">Not changed from here on by anybody.</param>
    public void Keep(string key, byte[] audio, TimeSpan lifetime)
    {
        if (!_work.Writer.TryWrite(new Work(key, audio, lifetime, null)))
        {
            metrics.Used("dropped");
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // What waits is written; the host says for how long it may be.
        _work.Writer.TryComplete();
        await (ExecuteTask ?? Task.CompletedTask).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var work in _work.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await DoAsync(work, stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Failed(exception);
            }
        }
    }

    private async Task DoAsync(Work work, CancellationToken cancellationToken)
    {
        if (work.Late is { } late)
        {
            if (Valid(await late.WaitAsync(CommandTimeout, time, cancellationToken)) is { } audio)
            {
                memory.Add(work.Key, audio);
            }
        }
        else if (Resting || !Affordable(work.Audio.Length))
        {
            metrics.Used("dropped");
        }
        else
        {
            await redis.GetDatabase().StringSetAsync(work.Key, work.Audio, work.Lifetime).WaitAsync(CommandTimeout, time, cancellationToken);
            metrics.Used("stored");
        }
    }

    private bool Resting => Interlocked.Read(ref _restingSince) is var since && since != 0 && time.GetElapsedTime(since) < Rest;

    private byte[]? Valid(RedisValue value)
    {
        if (value.IsNullOrEmpty)
        {
            return null;
        }

        var audio = (byte[])value!;
        return audio.Length % sizeof(short) == 0 ? audio : null;
    }

    private bool Affordable(int bytes)
    {
        if (time.GetElapsedTime(_hour) >= TimeSpan.FromHours(1))
        {
            (_hour, _bytesThisHour) = (time.GetTimestamp(), 0);
        }

        return (_bytesThisHour += bytes) <= _options.BytesPerHour;
    }

    private void Failed(Exception exception)
    {
        var before = Interlocked.Exchange(ref _restingSince, time.GetTimestamp());
        if (before == 0 || time.GetElapsedTime(before) > TimeSpan.FromMinutes(1))
        {
            Log.Away(logger, exception);
        }
    }

    private readonly record struct Work(string Key, byte[] Audio, TimeSpan Lifetime, Task<RedisValue>? Late);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The cache of speech cannot be reached; speech is made anew")]
        public static partial void Away(ILogger logger, Exception exception);
    }
}
