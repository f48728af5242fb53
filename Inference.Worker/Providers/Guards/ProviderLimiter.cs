using Voice.Core.Providers;

namespace Voice.Inference.Providers.Guards;

/// <summary>How many calls a provider gets at a time and in a second. Who comes too much waits for a moment, then is refused. Thread-safe.</summary>
internal sealed class ProviderLimiter(ProviderSettings settings)
{
    private static readonly TimeSpan WhenTaken = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim? _places = settings.MaxConcurrent is { } places ? new SemaphoreSlim(places, places) : null;
    private readonly Lock _gate = new();
    private DateTimeOffset _next;

    /// <summary>Followed by exactly one <see cref="Leave"/>, unless it throws.</summary>
    public async ValueTask EnterAsync(string name, TimeProvider time, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        if (_places is not null && !await TakeAsync(_places, time, cancellationToken))
        {
            throw Busy($"All {settings.MaxConcurrent} calls that '{name}' may get at a time are taken.", WhenTaken);
        }

        try
        {
            if (Turn(time, settings.QueueFor - time.GetElapsedTime(started), name) is { Ticks: > 0 } wait)
            {
                await Task.Delay(wait, time, cancellationToken);
            }
        }
        catch
        {
            Leave();
            throw;
        }
    }

    public void Leave() => _places?.Release();

    private async ValueTask<bool> TakeAsync(SemaphoreSlim places, TimeProvider time, CancellationToken cancellationToken)
    {
        if (places.Wait(0, CancellationToken.None))
        {
            return true;
        }

        using var late = new CancellationTokenSource(settings.QueueFor, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            await places.WaitAsync(stop.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>How long until it is this call's turn. A second's worth of calls may come at once after a pause.</summary>
    private TimeSpan Turn(TimeProvider time, TimeSpan patience, string name)
    {
        if (settings.RequestsPerSecond is not { } rate)
        {
            return TimeSpan.Zero;
        }

        lock (_gate)
        {
            var now = time.GetUtcNow();
            var interval = TimeSpan.FromSeconds(1 / rate);
            var burst = TimeSpan.FromSeconds(1) - interval;
            var earliest = burst > TimeSpan.Zero ? now - burst : now;
            var turn = _next > earliest ? _next : earliest;
            if (turn - now > patience)
            {
                throw Busy($"'{name}' gets {rate:0.###} calls a second, and more wait already.", turn - now);
            }

            _next = turn + interval;
            return turn - now;
        }
    }

    private static ProviderException Busy(string message, TimeSpan retryAfter) => new("provider_busy", message) { RetryAfter = retryAfter };
}
