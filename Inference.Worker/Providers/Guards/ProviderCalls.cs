using System.Runtime.CompilerServices;
using Voice.Inference.Providers.Metering;
using Voice.Inference.Providers.Routing;

namespace Voice.Inference.Providers.Guards;

/// <summary>Calls for one organization: each takes its place, is measured and counted. The adapters know nothing of it.</summary>
internal sealed class ProviderCalls(ProviderMeter meter, TimeProvider time, string? organizationId)
{
    public TimeProvider Time => time;

    public ValueTask<ProviderCall> BeginAsync(ProviderCandidate candidate, CancellationToken cancellationToken) =>
        ProviderCall.BeginAsync(candidate, organizationId, meter, time, cancellationToken);

    /// <param name="see">Told of every part, before it goes on.</param>
    public async IAsyncEnumerable<T> StreamAsync<T>(
        ProviderCandidate candidate, Func<CancellationToken, IAsyncEnumerable<T>> open, Action<ProviderCall> asked, Action<ProviderCall, T> see,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var call = await BeginAsync(candidate, cancellationToken);
        asked(call);
        await using var items = open(cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(items, call, cancellationToken))
        {
            see(call, items.Current);
            yield return items.Current;
        }

        // An answer without any part is one too.
        call.Began();
    }

    public async Task<T> OnceAsync<T>(ProviderCandidate candidate, Func<CancellationToken, ValueTask<T>> ask, Action<ProviderCall> asked, CancellationToken cancellationToken)
    {
        using var call = await BeginAsync(candidate, cancellationToken);
        asked(call);
        try
        {
            var answer = await ask(cancellationToken);
            call.Began();
            return answer;
        }
        catch (Exception exception)
        {
            if (call.Failed(exception, cancellationToken) is var told && told != exception)
            {
                throw told;
            }

            throw;
        }
    }

    private static async ValueTask<bool> NextAsync<T>(IAsyncEnumerator<T> items, ProviderCall call, CancellationToken cancellationToken)
    {
        try
        {
            return await items.MoveNextAsync();
        }
        catch (Exception exception)
        {
            if (call.Failed(exception, cancellationToken) is var told && told != exception)
            {
                throw told;
            }

            throw;
        }
    }
}
