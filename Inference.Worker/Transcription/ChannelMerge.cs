using System.Runtime.CompilerServices;

namespace Voice.Inference.Transcription;

/// <summary>Transcripts of the channels of one recording as one conversation, in order of time.</summary>
internal static class ChannelMerge
{
    /// <summary>All channels at the same time: the first segment is known when each channel has its first, and so on.</summary>
    public static async IAsyncEnumerable<SpokenSegment> MergeAsync(IReadOnlyList<IAsyncEnumerable<TranscribedSegment>> channels, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Who fails or leaves ends the others.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var readers = channels.Select(channel => channel.GetAsyncEnumerator(stop.Token)).ToArray();
        var next = new Task<bool>[readers.Length];
        try
        {
            for (var i = 0; i < readers.Length; i++)
            {
                next[i] = readers[i].MoveNextAsync().AsTask();
            }

            while (await EarliestAsync(readers, next) is { } channel)
            {
                yield return new SpokenSegment(readers[channel].Current, channel);
                next[channel] = readers[channel].MoveNextAsync().AsTask();
            }
        }
        finally
        {
            await stop.CancelAsync();
            for (var i = 0; i < readers.Length; i++)
            {
                await (next[i] ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await readers[i].DisposeAsync();
            }
        }
    }

    private static async ValueTask<int?> EarliestAsync(IAsyncEnumerator<TranscribedSegment>[] readers, Task<bool>[] next)
    {
        var earliest = default(int?);
        for (var i = 0; i < readers.Length; i++)
        {
            if (await next[i] && (earliest is null || readers[i].Current.Start < readers[earliest.Value].Current.Start))
            {
                earliest = i;
            }
        }

        return earliest;
    }
}
