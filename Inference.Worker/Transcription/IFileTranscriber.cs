using Voice.Core.Audio;
using Voice.Core.Providers;

namespace Voice.Inference.Transcription;

/// <summary>Speech-to-text of a whole recording. Thread-safe.</summary>
internal interface IFileTranscriber
{
    /// <summary>Segments in order of their start, as soon as each is known. Throws <see cref="ProviderException"/>.</summary>
    /// <param name="audio">Mono, 16 bit, any rate from 8 to 48 kHz.</param>
    IAsyncEnumerable<TranscribedSegment> TranscribeAsync(WavAudio audio, FileTranscriptionOptions options, CancellationToken cancellationToken);
}
