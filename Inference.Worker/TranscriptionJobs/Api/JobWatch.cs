using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;

namespace Voice.Inference.TranscriptionJobs.Api;

/// <summary>A job as it goes on: an event for each change, until it is over.</summary>
internal sealed class JobWatch(JobStore jobs, JobSignals signals, TimeProvider time)
{
    /// <summary>Parts of many jobs may end at once; nobody reads more often than this.</summary>
    private static readonly TimeSpan AtMostEvery = TimeSpan.FromMilliseconds(200);

    public async IAsyncEnumerable<SseItem<JobView>> ReadAsync(string organizationId, string id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        JobView? last = null;
        while (!cancellationToken.IsCancellationRequested)
        {
            var changed = signals.Changed;
            if (await jobs.FindAsync(organizationId, id, cancellationToken) is not { } job)
            {
                yield break;
            }

            var view = JobView.From(job);
            if (view != last)
            {
                yield return new SseItem<JobView>(view, job.IsEnded ? "ended" : "progress");
                last = view;
            }

            if (job.IsEnded)
            {
                yield break;
            }

            await Task.Delay(AtMostEvery, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await changed.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
