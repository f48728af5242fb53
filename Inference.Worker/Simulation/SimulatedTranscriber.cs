using Microsoft.Extensions.Options;
using Voice.Core.Providers;
using Voice.Inference.Engines;

namespace Voice.Inference.Simulation;

/// <summary>Answers after a configured time with a sentence that names the length of what it heard.</summary>
internal sealed class SimulatedTranscriber(IOptions<EngineOptions> options, TimeProvider time) : ILiveTranscriber
{
    public ValueTask<ILiveTranscription> StartAsync(TranscriptionOptions request, CancellationToken cancellationToken) =>
        ValueTask.FromResult<ILiveTranscription>(new SimulatedTranscription(request.SampleRate, options.Value.Simulated.TranscriptFinal, time));
}
