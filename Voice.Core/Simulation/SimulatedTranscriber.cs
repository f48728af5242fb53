using Voice.Core.Providers;

namespace Voice.Core.Simulation;

/// <summary>Understands what it was told to understand, at the pace of the voice that it hears. Makes nothing out of sound but its length.</summary>
public sealed class SimulatedTranscriber(SimulationOptions options, TimeProvider time) : ILiveTranscriber
{
    private const string Default = "this is a simulated transcript of what was said";

    private readonly SimulatedSentence[] _sentences = [.. (options.Sentences.Count > 0 ? options.Sentences : [Default]).Select(SimulatedSentence.Parse)];

    public ValueTask<ILiveTranscription> StartAsync(TranscriptionOptions request, CancellationToken cancellationToken) =>
        ValueTask.FromResult<ILiveTranscription>(new SimulatedTranscription(_sentences, options, request.SampleRate, time));
}
