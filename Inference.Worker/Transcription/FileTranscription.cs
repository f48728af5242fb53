using System.Runtime.CompilerServices;
using Voice.Core.Audio;
using Voice.Core.Providers;
using Voice.Inference.Engines;

namespace Voice.Inference.Transcription;

/// <summary>Transcribes a recording through the live path: cut at its pauses, one utterance after the other, as a call would be.</summary>
internal sealed class FileTranscription(TimeProvider time)
{
    private static readonly TimeSpan Block = TimeSpan.FromMilliseconds(100);

    public async IAsyncEnumerable<TranscribedSegment> TranscribeAsync(
        EngineRoute<ILiveTranscriber> route,
        WavAudio audio,
        string language,
        string? prompt,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var activity = InferenceTelemetry.Start("transcription", route.Label);
        var started = time.GetTimestamp();
        await using var stream = await route.Engine.StartAsync(new TranscriptionOptions(route.UpstreamModel, language, prompt, audio.SampleRate), cancellationToken);
        await using var events = stream.ReadAllAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        var whole = route.UpstreamModel is not null;
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

        InferenceTelemetry.Completed("transcription", route.Label, time.GetElapsedTime(started));
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
