using System.Runtime.CompilerServices;
using Voice.Core.Audio;
using Voice.Core.Providers;

namespace Voice.Inference.Transcription;

/// <summary>A recording through a live engine: cut at its pauses, one utterance after the other, as a call would be.</summary>
/// <param name="whole">Not cut: the engine takes all of it at once anyway.</param>
internal sealed class LiveFileTranscriber(ILiveTranscriber engine, bool whole = false) : IFileTranscriber
{
    private static readonly TimeSpan Block = TimeSpan.FromMilliseconds(100);

    public async IAsyncEnumerable<TranscribedSegment> TranscribeAsync(
        WavAudio audio, FileTranscriptionOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var stream = await engine.StartAsync(new TranscriptionOptions(options.Model, options.Language, options.Prompt, audio.SampleRate), cancellationToken);
        await using var events = stream.ReadAllAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        foreach (var (from, to) in whole ? [(0, audio.Samples.Length)] : Utterances.Find(audio.Samples, audio.SampleRate))
        {
            var id = from.ToString(System.Globalization.CultureInfo.InvariantCulture);
            var feed = FeedAsync(stream, audio, from, to, id, cancellationToken);
            var final = await NextFinalAsync(events);
            await feed;
            if (final is { Text.Length: > 0 })
            {
                var offset = (double)from / audio.SampleRate;
                yield return new TranscribedSegment(
                    offset + (final.Words is [var first, ..] ? first.Start : 0),
                    final.Words is [.., var last] ? offset + last.End : (double)to / audio.SampleRate,
                    final.Text,
                    final.Confidence,
                    [.. final.Words.Select(word => word with { Start = word.Start + offset, End = word.End + offset })]);
            }
        }
    }

    private static async Task FeedAsync(ILiveTranscription stream, WavAudio audio, int from, int to, string id, CancellationToken cancellationToken)
    {
        var block = (int)(Block.TotalSeconds * audio.SampleRate);
        for (var start = from; start < to; start += block)
        {
            var samples = audio.Samples.AsSpan(start, Math.Min(block, to - start));
            await stream.AppendAsync(Pcm16.Bytes(samples).ToArray(), cancellationToken);
        }

        await stream.CommitAsync(id, cancellationToken);
    }

    private static async Task<TranscriptionEvent.Final> NextFinalAsync(IAsyncEnumerator<TranscriptionEvent> events)
    {
        while (await events.MoveNextAsync())
        {
            switch (events.Current)
            {
                case TranscriptionEvent.Final final:
                    return final;
                case TranscriptionEvent.Failed failed:
                    throw new ProviderException("provider_failed", failed.Reason);
            }
        }

        throw new ProviderException("provider_failed", "The transcription engine stopped.");
    }
}
