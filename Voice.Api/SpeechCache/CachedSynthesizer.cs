using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Voice.Core.Providers;

namespace Voice.Api.SpeechCache;

/// <summary>
/// Says again what was said before. Looked up here first, then in Redis, then made; kept only when it was made to its end. What may not be
/// kept may still be found here: a companion's safety message was made for everybody.
/// </summary>
internal sealed class CachedSynthesizer(
    ISpeechSynthesizer inner, SpeechMemory memory, SpeechStore store, SpeechCacheMetrics metrics, IOptions<SpeechCacheOptions> options) : ISpeechSynthesizer
{
    // 100 ms, as from a provider: pacing and interruption work by the block.
    private const int BlockBytes = ISpeechSynthesizer.SampleRate / 10 * sizeof(short);

    private readonly SpeechCacheOptions _options = options.Value;
    private readonly int _maxBytes = (int)(options.Value.LongestAudio.TotalSeconds * ISpeechSynthesizer.SampleRate) * sizeof(short);

    public IAsyncEnumerable<ReadOnlyMemory<byte>> SynthesizeAsync(SpeechRequest request, CancellationToken cancellationToken) =>
        _options.Enabled ? FindOrMakeAsync(request, cancellationToken) : inner.SynthesizeAsync(request, cancellationToken);

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> FindOrMakeAsync(SpeechRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var key = SpeechKey.For(request);
        var caching = request.Caching == SpeechCaching.Reply && !_options.Replies ? SpeechCaching.None : request.Caching;
        if (await FindAsync(key, caching, cancellationToken) is { } found)
        {
            for (var start = 0; start < found.Length; start += BlockBytes)
            {
                yield return found.AsMemory(start, Math.Min(BlockBytes, found.Length - start));
            }

            yield break;
        }

        var keep = caching == SpeechCaching.Fixed || (caching == SpeechCaching.Reply && memory.SaidBefore(key));
        List<ReadOnlyMemory<byte>>? blocks = keep ? new(64) : null;
        var bytes = 0;
        await foreach (var block in inner.SynthesizeAsync(request, cancellationToken))
        {
            bytes += block.Length;
            if (bytes > _maxBytes)
            {
                blocks = null;
            }

            blocks?.Add(block);
            yield return block;
        }

        if (blocks is not null && bytes > 0)
        {
            Keep(key, blocks, bytes, caching);
        }
    }

    private async ValueTask<byte[]?> FindAsync(string key, SpeechCaching caching, CancellationToken cancellationToken)
    {
        if (memory.TryGet(key, out var here))
        {
            metrics.Used("memory");
            return here;
        }

        if (caching != SpeechCaching.None && await store.FindAsync(key, cancellationToken) is { } there && there.Length <= _maxBytes)
        {
            metrics.Used("redis");
            memory.Add(key, there);
            return there;
        }

        metrics.Used("miss");
        return null;
    }

    private void Keep(string key, List<ReadOnlyMemory<byte>> blocks, int bytes, SpeechCaching caching)
    {
        var audio = new byte[bytes];
        var at = 0;
        foreach (var block in blocks)
        {
            block.CopyTo(audio.AsMemory(at));
            at += block.Length;
        }

        memory.Add(key, audio);
        store.Keep(key, audio, caching == SpeechCaching.Fixed ? _options.FixedLifetime : _options.ReplyLifetime);
    }
}
