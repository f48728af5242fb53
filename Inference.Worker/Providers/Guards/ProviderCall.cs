using Voice.Core.Providers;
using Voice.Core.Resilience;
using Voice.Inference.Processes;
using Voice.Inference.Providers.Metering;
using Voice.Inference.Providers.Routing;

namespace Voice.Inference.Providers.Guards;

/// <summary>One attempt at one provider: its place, its time to the first result, what it used. Not thread-safe but for <see cref="Heard"/>.</summary>
internal sealed class ProviderCall : IDisposable
{
    private const int CharactersPerToken = 4;

    private readonly ProviderCandidate _candidate;
    private readonly ProviderMeter _meter;
    private readonly string? _organizationId;
    private readonly TimeProvider _time;
    private readonly long _started;
    private long _heardBytes;
    private int _disposed;
    private bool _began;
    private bool _failed;

    private ProviderCall(ProviderCandidate candidate, string? organizationId, ProviderMeter meter, TimeProvider time) =>
        (_candidate, _organizationId, _meter, _time, _started) = (candidate, organizationId, meter, time, time.GetTimestamp());

    /// <summary>By the service's own word.</summary>
    public Func<(long Input, long Output)?>? Tokens { get; set; }

    /// <summary>How much was asked of a language model, for the estimate that stands for tokens where the service never told.</summary>
    public Func<long>? CharactersAsked { get; set; }

    public long CharactersAnswered { get; set; }

    /// <summary>Of text that is spoken or translated; counted once there is a result.</summary>
    public long Characters { get; set; }

    /// <summary>Of a recording; counted once there is a result.</summary>
    public decimal AudioSeconds { get; set; }

    public int SampleRate { get; set; }

    /// <summary>Waits for a place; throws <see cref="ProviderException"/> <c>provider_busy</c> where there is none in time.</summary>
    public static async ValueTask<ProviderCall> BeginAsync(
        ProviderCandidate candidate, string? organizationId, ProviderMeter meter, TimeProvider time, CancellationToken cancellationToken)
    {
        await candidate.Entry.State.Limiter.EnterAsync(candidate.Entry.Name, time, cancellationToken);
        return new ProviderCall(candidate, organizationId, meter, time);
    }

    /// <summary>A result has come; only the first counts.</summary>
    public void Began()
    {
        if (!_began)
        {
            _began = true;
            Statistics.Answered(_time.GetUtcNow(), _time.GetElapsedTime(_started));
        }
    }

    /// <summary>Audio that a live stream was given.</summary>
    public void Heard(int bytes) => Interlocked.Add(ref _heardBytes, bytes);

    /// <returns>What the caller is to throw.</returns>
    public Exception Failed(Exception exception, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return exception;
        }

        if (exception is EngineSaturatedException full)
        {
            _failed = true;
            return new ProviderException("provider_busy", full.Message, full) { RetryAfter = full.RetryAfter };
        }

        _failed = true;
        if (ProviderFault.From(exception) is { Counts: true })
        {
            Statistics.Failed(_time.GetUtcNow());
        }

        return exception;
    }

    public void Dispose()
    {
        // A live stream may be disposed by two who end it at once.
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _candidate.Entry.State.Limiter.Leave();
            Count();
        }
    }

    private ProviderStatistics Statistics => _candidate.Entry.State.Statistics(_candidate.Capability);

    private void Count()
    {
        var heard = SampleRate == 0 ? 0 : Interlocked.Read(ref _heardBytes) / 2m / SampleRate;
        var told = Tokens?.Invoke();
        if (told is null && !_began && heard == 0 && (_failed || CharactersAsked is null))
        {
            // Refused, failed, or broken off before anything came: services do not bill that.
            return;
        }

        var estimated = told is null && CharactersAsked is not null;
        var tokens = told ?? (estimated ? (Estimate(CharactersAsked!()), Estimate(CharactersAnswered)) : (0, 0));
        _meter.Add(_candidate, _organizationId, new ProviderUse
        {
            Calls = 1,
            Estimated = estimated ? 1 : 0,
            AudioSeconds = heard + (_began ? AudioSeconds : 0),
            Characters = _began ? Characters : 0,
            InputTokens = tokens.Item1,
            OutputTokens = tokens.Item2,
        });
    }

    private static long Estimate(long characters) => (characters + CharactersPerToken - 1) / CharactersPerToken;
}
