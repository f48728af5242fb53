using System.Runtime.CompilerServices;
using Voice.Core.Audio;
using Voice.Inference.Engines;

namespace Voice.Inference.Transcription;

/// <summary>Transcribes a recording and measures how long that takes.</summary>
internal sealed class FileTranscription(TimeProvider time)
{
    public async IAsyncEnumerable<TranscribedSegment> TranscribeAsync(
        EngineRoute<IFileTranscriber> route,
        WavAudio audio,
        FileTranscriptionOptions options,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var activity = InferenceTelemetry.Start("transcription", route.Label);
        var started = time.GetTimestamp();
        await foreach (var segment in route.Engine.TranscribeAsync(audio, options, cancellationToken))
        {
            yield return segment;
        }

        InferenceTelemetry.Completed("transcription", route.Label, time.GetElapsedTime(started));
    }
}
