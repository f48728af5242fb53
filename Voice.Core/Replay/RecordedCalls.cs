using System.Runtime.CompilerServices;
using Voice.Core.Providers;

namespace Voice.Core.Replay;

/// <summary>The calls of one stage, given again in their order, each with the pauses it had.</summary>
internal sealed class RecordedCalls(IReadOnlyList<RecordedCall> calls, TimeProvider time)
{
    private int _next;

    public async IAsyncEnumerable<ProviderEntry> PlayAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var call = Take();
        var began = time.GetTimestamp();
        foreach (var part in call.Parts)
        {
            await WaitAsync(part.At - call.At - time.GetElapsedTime(began), cancellationToken);
            switch (part.Entry.Event)
            {
                case "failed":
                    throw ProviderFailures.ToException(part.Entry);
                case "cancelled":
                    await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
                    break;
                default:
                    yield return part.Entry;
                    break;
            }
        }
    }

    private RecordedCall Take() =>
        _next < calls.Count ? calls[_next++] : throw new ProviderException("provider_rejected", "The recorded session made no further call of this provider.");

    private async ValueTask WaitAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, time, cancellationToken);
        }
    }
}
