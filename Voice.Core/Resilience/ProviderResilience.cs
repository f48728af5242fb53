using Voice.Core.Conversations;

namespace Voice.Core.Resilience;

/// <summary>
/// What all sessions know together about their providers: one breaker per stage and model. Gives each session its own decorators
/// over the providers, with its agent's models. Thread-safe.
/// </summary>
/// <param name="random">0 to 1, for the jitter of retries; null for none.</param>
/// <param name="breakerChanged">Told the model's name, for the log. Must not wait.</param>
public sealed class ProviderResilience(
    ProviderResilienceOptions options, TimeProvider time, ProviderMetrics? metrics = null, Func<double>? random = null,
    Action<ProviderStage, string, BreakerState>? breakerChanged = null)
{
    public const string DefaultModel = "default";

    /// <summary>Names come from agents; beyond this many their models share one breaker per stage.</summary>
    private const int MaxBreakers = 256;

    private static readonly TimeSpan[] Delays = [TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(600), TimeSpan.FromSeconds(1.2), TimeSpan.FromSeconds(2)];

    private readonly Lock _gate = new();
    private readonly Dictionary<(ProviderStage, string), CircuitBreaker> _breakers = [];

    public ProviderResilienceOptions Options => options;

    internal TimeProvider Time => time;

    internal ProviderMetrics? Metrics => metrics;

    /// <param name="told">What the session's client shall know.</param>
    internal ConversationProviders Protect(ConversationProviders providers, AgentProfile agent, Action<ConversationEvent.ProviderChanged> told) => providers with
    {
        Transcriber = new ResilientTranscriber(
            providers.Transcriber, Chain(ProviderStage.Transcription, agent.TranscriptionModel, agent.Fallbacks.Transcription, options.TranscriptionFallbacks, told)),
        Chat = new ResilientChatClient(providers.Chat, Chain(ProviderStage.Chat, agent.ChatModel, agent.Fallbacks.Chat, options.ChatFallbacks, told)),
        Synthesizer = new ResilientSynthesizer(
            providers.Synthesizer, Chain(ProviderStage.Speech, agent.SpeechModel, agent.Fallbacks.Speech, options.SpeechFallbacks, told)),
        Translator = new ResilientTranslator(providers.Translator, Chain(ProviderStage.Translation, null, [], [], told)),
    };

    /// <summary>Those that may answer one request, in order. Breakers are shared by name.</summary>
    public ProviderChain Chain(ProviderStage stage, IReadOnlyList<string> names) => new(stage, names, this, null);

    /// <summary>Closed where it was never asked.</summary>
    public BreakerState State(ProviderStage stage, string name)
    {
        lock (_gate)
        {
            return _breakers.TryGetValue((stage, name), out var breaker) ? breaker.State : BreakerState.Closed;
        }
    }

    internal CircuitBreaker Breaker(ProviderStage stage, string? model)
    {
        lock (_gate)
        {
            var name = model ?? DefaultModel;
            if (!_breakers.ContainsKey((stage, name)) && _breakers.Count >= MaxBreakers)
            {
                name = "others";
            }

            if (!_breakers.TryGetValue((stage, name), out var breaker))
            {
                var before = BreakerState.Closed;
                _breakers[(stage, name)] = breaker = new CircuitBreaker(options, time, now =>
                {
                    metrics?.BreakerChanged(stage, before, now);
                    before = now;
                    breakerChanged?.Invoke(stage, name, now);
                });
            }

            return breaker;
        }
    }

    /// <summary>Before the models are asked once more; null: enough.</summary>
    internal TimeSpan? Delay(int round, TimeSpan elapsed, TimeSpan? retryAfter)
    {
        if (round >= Delays.Length)
        {
            return null;
        }

        // A fifth either way, so that the sessions of a worker that died do not come back all at once.
        var delay = random is null ? Delays[round] : Delays[round] * (0.8 + (0.4 * random()));
        delay = retryAfter > delay ? retryAfter.Value : delay;
        return elapsed + delay <= options.RetryFor * 1.2 ? delay : null;
    }

    private ProviderChain Chain(
        ProviderStage stage, string? model, IReadOnlyList<string> own, IReadOnlyList<string> platforms, Action<ConversationEvent.ProviderChanged> told)
    {
        string?[] models = [model, .. (own.Count > 0 ? own : platforms).Where(other => other != model && !(model is null && other == DefaultModel)).Distinct()];
        return new ProviderChain(stage, models, this, new ProviderWatch(stage, models, told));
    }
}
