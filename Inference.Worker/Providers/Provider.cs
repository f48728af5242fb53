using Microsoft.Extensions.AI;
using Voice.Core.Providers;
using Voice.Inference.Transcription;

namespace Voice.Inference.Providers;

/// <summary>One configured provider and what it can do; what it cannot is null. Everything in it is thread-safe and fails with <see cref="ProviderException"/>.</summary>
/// <param name="Name">The operator's or the organization's: what requests and agents call it.</param>
internal sealed record Provider(string Name, string Kind)
{
    /// <summary>Runs on machines of ours, so that nothing that is said leaves them.</summary>
    public bool IsLocal { get; init; }

    public ILiveTranscriber? LiveTranscriber { get; init; }

    public IFileTranscriber? FileTranscriber { get; init; }

    public ISpeechSynthesizer? Synthesizer { get; init; }

    public IChatClient? Chat { get; init; }

    /// <summary>Where the service speaks OpenAI's chat completions itself: requests are passed on whole, and answers as they come.</summary>
    public IChatForwarder? Forwarder { get; init; }

    public ITranslator? Translator { get; init; }

    /// <summary>One for each of the above that there is (both transcribers are one).</summary>
    public required IReadOnlyList<ProviderCapability> Capabilities { get; init; }

    /// <summary>What the service says its voices are; null where they are those of the capability.</summary>
    public VoiceDirectory? Voices { get; init; }

    /// <summary>The cheapest call that proves address and key; throws <see cref="ProviderException"/> where they do not hold.</summary>
    public required Func<CancellationToken, Task> CheckAsync { get; init; }

    /// <summary>What there is to choose from; asks the service where its list is not known here. Empty where it has none.</summary>
    public ValueTask<IReadOnlyList<ProviderVoice>> VoicesAsync(CancellationToken cancellationToken) =>
        Voices?.ListAsync(cancellationToken)
        ?? ValueTask.FromResult(Capabilities.FirstOrDefault(capability => capability.Capability == Capability.Speech)?.Voices ?? []);
}
