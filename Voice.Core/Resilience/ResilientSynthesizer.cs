using Voice.Core.Providers;

namespace Voice.Core.Resilience;

/// <summary>Falls back until the first audio of a clause.</summary>
internal sealed class ResilientSynthesizer(ISpeechSynthesizer inner, ProviderChain chain) : ISpeechSynthesizer
{
    public IAsyncEnumerable<ReadOnlyMemory<byte>> SynthesizeAsync(SpeechRequest request, CancellationToken cancellationToken) => chain.StreamAsync(
        (model, token) => inner.SynthesizeAsync(model == request.Model ? request : request with { Model = model, Voice = Voice(request, model) }, token),
        static block => !block.IsEmpty,
        // Only signs: there may be nothing in it to say.
        chain.Options.FirstAudio, mayBeEmpty: !request.Text.Any(char.IsLetterOrDigit), cancellationToken);

    /// <summary>A voice is one model's; another speaks with its default for the language instead of refusing.</summary>
    private string? Voice(SpeechRequest request, string? model) => model == chain.Model(0) ? request.Voice : null;
}
