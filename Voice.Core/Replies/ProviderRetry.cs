using System.Runtime.CompilerServices;
using Voice.Core.Providers;

namespace Voice.Core.Replies;

/// <summary>
/// Asks again where a provider could not be reached at all: a worker that is being restarted is back within seconds, and a late
/// answer is better than an apology. Once something has come, a failure is the caller's to handle.
/// </summary>
internal static class ProviderRetry
{
    private static readonly TimeSpan[] Delays = [TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(600), TimeSpan.FromSeconds(1.2), TimeSpan.FromSeconds(2)];

    public static async IAsyncEnumerable<T> StreamAsync<T>(
        Func<CancellationToken, IAsyncEnumerable<T>> open, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            var stream = open(cancellationToken).GetAsyncEnumerator(cancellationToken);
            try
            {
                bool more;
                try
                {
                    more = await stream.MoveNextAsync();
                }
                catch (Exception exception) when (attempt < Delays.Length && IsUnreachable(exception))
                {
                    await Task.Delay(Delays[attempt], time, cancellationToken);
                    continue;
                }

                for (; more; more = await stream.MoveNextAsync())
                {
                    yield return stream.Current;
                }

                yield break;
            }
            finally
            {
                await stream.DisposeAsync();
            }
        }
    }

    private static bool IsUnreachable(Exception exception) =>
        exception is ProviderException { Code: "provider_unavailable" } or HttpRequestException { StatusCode: null };
}
