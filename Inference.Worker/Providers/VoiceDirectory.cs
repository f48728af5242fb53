using Voice.Core.Providers;

namespace Voice.Inference.Providers;

/// <summary>
/// The voices that a service lists when asked: fetched at the first use, kept for a while. A service that fails to answer leaves the last known list;
/// it is asked again after a moment, not by everybody who wants to know.
/// </summary>
/// <param name="fetch">One request to the service; at most <see cref="MaxVoices"/> of its answer are kept.</param>
/// <param name="known">What holds until the service has answered.</param>
internal sealed class VoiceDirectory(
    Func<CancellationToken, Task<IReadOnlyList<ProviderVoice>>> fetch, TimeProvider time, IReadOnlyList<ProviderVoice>? known = null)
{
    public const int MaxVoices = 5_000;

    public static readonly TimeSpan Kept = TimeSpan.FromMinutes(30);
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _fetching = new(1, 1);
    private volatile IReadOnlyList<ProviderVoice> _voices = known ?? [];
    private long _until = long.MinValue;

    public async ValueTask<IReadOnlyList<ProviderVoice>> ListAsync(CancellationToken cancellationToken)
    {
        if (IsFresh())
        {
            return _voices;
        }

        await _fetching.WaitAsync(cancellationToken);
        try
        {
            if (!IsFresh())
            {
                await FetchAsync(cancellationToken);
            }

            return _voices;
        }
        finally
        {
            _fetching.Release();
        }
    }

    private bool IsFresh() => time.GetUtcNow().UtcTicks < Volatile.Read(ref _until);

    private async Task FetchAsync(CancellationToken cancellationToken)
    {
        var keep = Kept;
        try
        {
            var voices = await fetch(cancellationToken);
            _voices = voices.Count > MaxVoices ? [.. voices.Take(MaxVoices)] : voices;
        }
        catch (ProviderException)
        {
            keep = RetryAfter;
        }

        Volatile.Write(ref _until, (time.GetUtcNow() + keep).UtcTicks);
    }
}
