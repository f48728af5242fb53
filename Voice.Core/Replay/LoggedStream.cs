using System.Runtime.CompilerServices;

namespace Voice.Core.Replay;

/// <summary>A provider's stream, each part of it and its end in the log.</summary>
internal static class LoggedStream
{
    public static async IAsyncEnumerable<T> OverhearAsync<T>(
        IAsyncEnumerable<T> stream, SessionLog log, string stage, Func<T, int, IEnumerable<ProviderEntry>> describe, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var call = log.Call(stage);
        var ended = false;
        var parts = stream.GetAsyncEnumerator(cancellationToken);
        try
        {
            while (true)
            {
                try
                {
                    if (!await parts.MoveNextAsync())
                    {
                        ended = true;
                        log.Provider(new ProviderEntry(stage, call, "end"));
                        yield break;
                    }
                }
                catch (Exception exception)
                {
                    ended = true;
                    log.Provider(ProviderFailures.Of(stage, call, exception));
                    throw;
                }

                foreach (var entry in describe(parts.Current, call))
                {
                    log.Provider(entry);
                }

                yield return parts.Current;
            }
        }
        finally
        {
            if (!ended)
            {
                log.Provider(new ProviderEntry(stage, call, "cancelled"));
            }

            await parts.DisposeAsync();
        }
    }
}
