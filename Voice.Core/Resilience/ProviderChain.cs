using System.Runtime.CompilerServices;
using Voice.Core.Providers;

namespace Voice.Core.Resilience;

/// <summary>
/// The models of one stage of one session or request, in order. Asks the first whose breaker lets it; the next where it does not answer; all of
/// them again, with growing pauses, where that may help. Once something has come, a failure is the caller's to handle: nothing is said twice.
/// </summary>
public sealed class ProviderChain
{
    private readonly ProviderStage _stage;
    private readonly IReadOnlyList<string?> _models;
    private readonly ProviderResilience _resilience;
    private readonly ProviderWatch? _watch;
    private readonly CircuitBreaker[] _breakers;

    internal ProviderChain(ProviderStage stage, IReadOnlyList<string?> models, ProviderResilience resilience, ProviderWatch? watch)
    {
        (_stage, _models, _resilience, _watch) = (stage, models, resilience, watch);
        _breakers = [.. models.Select(model => resilience.Breaker(stage, model))];
    }

    public int Count => _models.Count;

    public ProviderResilienceOptions Options => _resilience.Options;

    public TimeProvider Time => _resilience.Time;

    internal IAsyncEnumerable<T> StreamAsync<T>(
        Func<string?, CancellationToken, IAsyncEnumerable<T>> open, Func<T, bool> isOutput, TimeSpan first, bool mayBeEmpty, CancellationToken cancellationToken) =>
        StreamAsync((rank, token) => open(_models[rank], token), isOutput, _ => first, mayBeEmpty, cancellationToken);

    /// <param name="open">Asks the one of this rank.</param>
    /// <param name="isOutput">Whether the caller could not take this back; what comes before is held until then.</param>
    /// <param name="first">How long the one of this rank may take to its first output.</param>
    /// <param name="mayBeEmpty">An answer without any output is an answer.</param>
    public async IAsyncEnumerable<T> StreamAsync<T>(
        Func<int, CancellationToken, IAsyncEnumerable<T>> open, Func<T, bool> isOutput, Func<int, TimeSpan> first, bool mayBeEmpty,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (stream, rank) = await RunAsync(
            async (rank, token) =>
            {
                var attempt = new ProviderStream<T>(stop => open(rank, stop), _resilience, token);
                await attempt.BeginAsync(isOutput, first(rank), mayBeEmpty);
                return (attempt, rank);
            },
            0, retry: true, cancellationToken);
        await using (stream)
        {
            foreach (var held in stream.Held)
            {
                yield return held;
            }

            while (await NextAsync(stream, rank, cancellationToken))
            {
                yield return stream.Current;
            }
        }
    }

    /// <param name="from">The rank that is asked first.</param>
    /// <param name="attempt">Gets a rank and the caller's token; limits its own time.</param>
    public async Task<T> RunAsync<T>(Func<int, CancellationToken, Task<T>> attempt, int from, bool retry, CancellationToken cancellationToken)
    {
        var started = Time.GetTimestamp();
        for (var round = 0; ; round++)
        {
            var rounds = 0;
            ProviderException? last = null;
            for (var i = 0; i < _models.Count; i++)
            {
                var rank = (from + i) % _models.Count;
                if (!_breakers[rank].TryEnter())
                {
                    rounds = int.MaxValue;
                    last ??= new ProviderException("provider_unavailable", "The provider failed repeatedly and is left alone for a moment.");
                    _resilience.Metrics?.Attempt(_stage, rank, "not_asked");
                    _watch?.Failed(rank, "provider_unavailable");
                    continue;
                }

                var asked = Time.GetTimestamp();
                try
                {
                    var answer = await attempt(rank, cancellationToken);
                    Succeeded(rank, Time.GetElapsedTime(asked));
                    return answer;
                }
                catch (Exception exception)
                {
                    // The caller has left, or this is a bug, which no other model would do better.
                    if (cancellationToken.IsCancellationRequested || ProviderFault.From(exception) is null)
                    {
                        _breakers[rank].Abandoned();
                        throw;
                    }

                    var fault = Failed(rank, exception);
                    rounds = Math.Max(rounds, fault.Rounds);
                    last = exception as ProviderException ?? new ProviderException(fault.Code, Message(exception), exception);
                }
            }

            if (!retry || round >= rounds || _resilience.Delay(round, Time.GetElapsedTime(started), last!.RetryAfter) is not { } delay)
            {
                throw last!;
            }

            await Task.Delay(delay, Time, cancellationToken);
        }
    }

    /// <summary>A stream that had begun broke, or what was asked through it got no answer.</summary>
    public ProviderFault Failed(int rank, Exception exception)
    {
        var fault = ProviderFault.From(exception) ?? new ProviderFault("provider_failed", ProviderFault.Failing, true, 0);
        if (fault.Counts)
        {
            _breakers[rank].Failed();
        }
        else
        {
            _breakers[rank].Abandoned();
        }

        _resilience.Metrics?.Attempt(_stage, rank, fault.Outcome);
        _watch?.Failed(rank, fault.Code);
        return fault;
    }

    public string? Model(int rank) => _models[rank];

    private void Succeeded(int rank, TimeSpan took)
    {
        _breakers[rank].Succeeded();
        _resilience.Metrics?.Attempt(_stage, rank, "ok");
        _resilience.Metrics?.First(_stage, rank, took);
        _watch?.Answered(rank);
    }

    private async ValueTask<bool> NextAsync<T>(ProviderStream<T> stream, int rank, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.NextAsync();
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && ProviderFault.From(exception) is { } fault)
        {
            Failed(rank, exception);
            throw exception as ProviderException ?? new ProviderException(fault.Code, Message(exception), exception);
        }
    }

    // Other exceptions may carry addresses and content.
    private static string Message(Exception exception) => exception is ProviderStallException ? exception.Message : "The provider could not be reached.";
}
