using Voice.Core.Providers;
using Voice.Inference.Engines;
using Voice.Inference.Providers.Routing;

namespace Voice.Inference.Providers.Catalogue;

/// <summary>The test button: whether a provider's address and key hold, now.</summary>
internal sealed class ProviderChecks(TimeProvider time)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    public async Task<ProviderCheckResult> CheckAsync(IEnumerable<ProviderEntry> entries, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        using var late = new CancellationTokenSource(Limit, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            foreach (var entry in entries)
            {
                await entry.Provider.CheckAsync(stop.Token);
            }

            return new(true, Math.Round(time.GetElapsedTime(started).TotalMilliseconds, 1));
        }
        catch (Exception failure) when (EngineFailure.From(failure) is { } known)
        {
            return new(false, null, new(known.Code, known.Message));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(false, null, new("provider_unavailable", $"The provider did not answer within {Limit.TotalSeconds:0} s."));
        }
    }
}

/// <param name="LatencyMs">Of the check, which is not that of an answer.</param>
internal sealed record ProviderCheckResult(bool Ok, double? LatencyMs, ProviderCheckError? Error = null);

internal sealed record ProviderCheckError(string Code, string Message);
