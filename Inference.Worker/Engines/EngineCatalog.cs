using Microsoft.Extensions.AI;
using Voice.Core.Providers;
using Voice.Core.Resilience;
using Voice.Inference.Providers;
using Voice.Inference.Providers.Guards;
using Voice.Inference.Providers.Metering;
using Voice.Inference.Providers.Routing;
using Voice.Inference.Transcription;

namespace Voice.Inference.Engines;

/// <summary>What a request asks for, to an engine that answers it: the providers that may, one after the other.</summary>
internal sealed class EngineCatalog(ProviderRegistry registry, ProviderSelection selection, ProviderResilience resilience, ProviderMeter meter, ProviderHedges hedges, TimeProvider time)
{
    public async ValueTask<EngineRoute<ILiveTranscriber>> TranscriberAsync(EngineAsk ask, CancellationToken cancellationToken)
    {
        var candidates = await SelectAsync(Capability.Transcription, ask, candidate => candidate.Entry.Provider.LiveTranscriber is not null, cancellationToken);
        return Route<ILiveTranscriber>(new ChainedTranscriber(candidates, Chain(ProviderStage.Transcription, candidates), Calls(ask)), ask, candidates);
    }

    /// <summary>For recordings: a provider's own way where it has one, its live one otherwise.</summary>
    public async ValueTask<EngineRoute<IFileTranscriber>> FileTranscriberAsync(EngineAsk ask, CancellationToken cancellationToken)
    {
        var candidates = await SelectAsync(
            Capability.Transcription, ask, candidate => candidate.Entry.Provider is { FileTranscriber: not null } || (!ask.ToEnglish && candidate.Entry.Provider.LiveTranscriber is not null), cancellationToken);
        return Route<IFileTranscriber>(new ChainedFileTranscriber(candidates, Chain(ProviderStage.Transcription, candidates), Calls(ask)), ask, candidates);
    }

    public async ValueTask<ChatRoute> ChatAsync(EngineAsk ask, CancellationToken cancellationToken)
    {
        var candidates = await SelectAsync(Capability.Chat, ask, _ => true, cancellationToken);
        var forwarded = candidates.TrueForAll(candidate => candidate.Entry.Provider.Forwarder is not null);
        // A list of both kinds is answered by those that have an engine here.
        candidates = forwarded ? candidates : [.. candidates.Where(candidate => candidate.Entry.Provider.Chat is not null)];
        // Asked a second time, the next of the list comes first; where there is none, the same.
        List<ProviderCandidate> others = [.. candidates.Skip(1), candidates[0]];
        var (first, second, calls) = (Chain(ProviderStage.Chat, candidates), Chain(ProviderStage.Chat, others), Calls(ask));
        return new ChatRoute(
            Route<IChatClient>(new HedgedChatClient(new(candidates, first, calls), new(others, second, calls), candidates[0], hedges), ask, candidates),
            forwarded ? new HedgedForwarder(new(candidates, first, calls), new(others, second, calls), candidates[0], hedges) : null);
    }

    public async ValueTask<EngineRoute<ISpeechSynthesizer>> SpeechAsync(EngineAsk ask, CancellationToken cancellationToken)
    {
        var candidates = await SelectAsync(Capability.Speech, ask, _ => true, cancellationToken);
        return Route<ISpeechSynthesizer>(new ChainedSynthesizer(candidates, Chain(ProviderStage.Speech, candidates), Calls(ask)), ask, candidates);
    }

    public async ValueTask<EngineRoute<ITranslator>> TranslatorAsync(EngineAsk ask, CancellationToken cancellationToken)
    {
        var candidates = await SelectAsync(Capability.Translation, ask, _ => true, cancellationToken);
        return Route<ITranslator>(new ChainedTranslator(candidates, Chain(ProviderStage.Translation, candidates), Calls(ask)), ask, candidates);
    }

    /// <summary>Every name that some endpoint accepts of this caller: those of models that come with the program, then providers and what their models are called here.</summary>
    public async ValueTask<IReadOnlyList<string>> NamesAsync(string? organizationId, CancellationToken cancellationToken)
    {
        var known = await registry.ForAsync(organizationId, cancellationToken);
        var embedded = known.Where(entry => entry.Origin == ProviderOrigin.Embedded).SelectMany(entry => entry.Provider.Capabilities.SelectMany(can => can.Models));
        var others = known.Where(entry => entry.Origin != ProviderOrigin.Embedded).SelectMany(Names);
        return [.. embedded.Concat(others).Distinct()];
    }

    private ProviderCalls Calls(EngineAsk ask) => new(meter, time, ask.OrganizationId);

    private static IEnumerable<string> Names(ProviderEntry entry)
    {
        string[] models = [.. new[] { entry.Settings.Model }.OfType<string>(), .. entry.Provider.Capabilities.SelectMany(can => can.Models)];
        return entry.Provider.Kind == OpenAiEngines.Kind
            ? [.. models, .. entry.Settings.Models.Keys]
            : [entry.Name, .. models.Select(model => $"{entry.Name}/{model}"), .. entry.Settings.Models.Keys];
    }

    private async ValueTask<List<ProviderCandidate>> SelectAsync(Capability capability, EngineAsk ask, Predicate<ProviderCandidate> has, CancellationToken cancellationToken)
    {
        var candidates = selection.Select(await registry.ForAsync(ask.OrganizationId, cancellationToken), capability, ask).FindAll(has);
        return candidates.Count > 0
            ? candidates
            : throw new ProviderException("provider_rejected", $"The provider that 'model' names does not do this kind of {capability.ToString().ToLowerInvariant()}.");
    }

    private ProviderChain Chain(ProviderStage stage, List<ProviderCandidate> candidates) => resilience.Chain(stage, [.. candidates.Select(candidate => candidate.Entry.Key)]);

    // The answer names the model as the request did, unless that was a choice.
    private static EngineRoute<T> Route<T>(T engine, EngineAsk ask, List<ProviderCandidate> candidates) =>
        new(engine, ask.Model is { Length: > 0 } model && !model.Contains(',') && !ProviderNames.IsPolicy(model) ? model : candidates[0].Name, candidates);
}
