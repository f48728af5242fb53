using Microsoft.Extensions.Options;
using Voice.Core.Providers;
using Voice.Inference.Engines;

namespace Voice.Inference.Upstream;

/// <summary>Live transcription over a server that takes whole files: the utterance is kept until its commit, then posted.</summary>
internal sealed class OpenAiTranscriber(UpstreamServer server, IOptions<EngineOptions> options) : ILiveTranscriber
{
    public ValueTask<ILiveTranscription> StartAsync(TranscriptionOptions request, CancellationToken cancellationToken) =>
        ValueTask.FromResult<ILiveTranscription>(new OpenAiTranscription(server, options.Value.Transcription, request));
}
