using Voice.Core.Providers;

namespace Voice.Inference.Transcription.Live;

/// <summary>Live transcription over a service that takes whole files: the utterance is kept until its commit, then posted.</summary>
internal sealed class LiveOverFile(IFileTranscriber files) : ILiveTranscriber
{
    public ValueTask<ILiveTranscription> StartAsync(TranscriptionOptions options, CancellationToken cancellationToken) =>
        ValueTask.FromResult<ILiveTranscription>(new LiveOverFileTranscription(files, options));
}
