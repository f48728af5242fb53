using Microsoft.Extensions.AI;
using Voice.Core.Audio;
using Voice.Core.Providers;
using Voice.Inference.Engines;
using Voice.Inference.Providers;
using Voice.Inference.Providers.Metering;
using Voice.Inference.Transcription;
using TranscriptionOptions = Voice.Core.Providers.TranscriptionOptions;

namespace Voice.Inference.Tests.Providers.Guards;

/// <summary>What is counted is what the service says it used, whatever happened around it; and what it costs is that times the price.</summary>
public sealed class ProviderMeterTests : IAsyncLifetime
{
    private static readonly ChatMessage[] Question = [new(ChatRole.User, "12345678")];

    private readonly ProviderWorker _worker = new ProviderWorker("alpha", "beta").With("Providers:beta:Prices:Chat:PerMillionInputTokens", "100");

    public Task InitializeAsync()
    {
        _worker.Kind.Reply = Reply(11, 7);
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => _worker.DisposeAsync().AsTask();

    [Fact]
    public async Task Tokens_are_the_services_own_and_costs_are_exact()
    {
        for (var i = 0; i < 100; i++)
        {
            await ChatAsync("alpha");
        }

        // 2 and 8 dollars for a million: the kind's price.
        Assert.Equal(new ProviderUse { Calls = 100, InputTokens = 1_100, OutputTokens = 700, Cost = (1_100 * 2m / 1_000_000) + (700 * 8m / 1_000_000) }, Used("alpha", Capability.Chat));
    }

    [Fact]
    public async Task An_operators_price_wins()
    {
        await ChatAsync("beta");
        Assert.Equal(11 * 100m / 1_000_000, Used("beta", Capability.Chat).Cost);
    }

    [Fact]
    public async Task Failed_attempts_cost_nothing_and_the_one_that_answers_is_counted_once()
    {
        var failures = 1;
        _worker.Kind.Before = (name, _) => name == "alpha" && failures-- > 0 ? throw new ProviderException("provider_failed", "down") : Task.CompletedTask;
        await ChatAsync("alpha");
        Assert.Equal((1, 11, 7), Tokens(Used("alpha", Capability.Chat)));

        _worker.Kind.Before = (name, _) => name == "alpha" ? throw new ProviderException("provider_failed", "down") : Task.CompletedTask;
        await ChatAsync("alpha,beta");
        var uses = Take();
        Assert.Equal(["beta"], uses.Keys.Select(key => key.Provider));
        Assert.Equal((1, 11, 7), Tokens(uses.Values.Single()));
    }

    [Fact]
    public async Task Both_sides_of_a_hedge_are_counted_the_one_broken_off_by_an_estimate()
    {
        var time = _worker.Get<TimeProvider>();
        var route = await _worker.Catalog.ChatAsync(new EngineAsk("alpha,beta", OrganizationId: "org_a"), CancellationToken.None);
        for (var i = 0; i < 20; i++)
        {
            route.Route.Candidates[0].Entry.State.Statistics(Capability.Chat).Answered(time.GetUtcNow(), TimeSpan.FromMilliseconds(60));
        }

        // alpha never answers: only the second call can.
        _worker.Kind.Before = (name, token) => name == "alpha" ? Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token) : Task.CompletedTask;
        await ChatAsync("alpha,beta");
        var uses = Take();
        Assert.Equal((1, 11, 7), Tokens(uses.Single(use => use.Key.Provider == "beta").Value));
        var lost = uses.Single(use => use.Key.Provider == "alpha").Value;
        Assert.Equal((1, 1, 2, 0), (lost.Calls, lost.Estimated, lost.InputTokens, lost.OutputTokens));
    }

    [Fact]
    public async Task What_came_before_a_caller_left_is_counted()
    {
        var route = await _worker.Catalog.ChatAsync(new EngineAsk("alpha", OrganizationId: "org_a"), CancellationToken.None);
        await foreach (var _ in route.Route.Engine.GetStreamingResponseAsync(Question))
        {
            break;
        }

        Assert.Equal((1, 1), (Used("alpha", Capability.Chat) is var use ? use.Calls : 0, use.Estimated));
    }

    [Fact]
    public async Task Speech_counts_characters_translation_too_and_hearing_counts_seconds()
    {
        var speech = await _worker.Catalog.SpeechAsync(new EngineAsk("alpha", "en", "org_a"), CancellationToken.None);
        await foreach (var _ in speech.Engine.SynthesizeAsync(new SpeechRequest("Hello, you.", "en"), CancellationToken.None))
        {
        }

        Assert.Equal(new ProviderUse { Calls = 1, Characters = 11, Cost = 11 * 15m / 1_000_000 }, Used("alpha", Capability.Speech));
        var translation = await _worker.Catalog.TranslatorAsync(new EngineAsk("alpha", OrganizationId: "org_a"), CancellationToken.None);
        await translation.Engine.TranslateAsync("Hello.", "en", "ko", CancellationToken.None);
        Assert.Equal((1, 6), (Used("alpha", Capability.Translation) is var use ? use.Calls : 0, use.Characters));

        var live = await _worker.Catalog.TranscriberAsync(new EngineAsk("alpha", "en", "org_a"), CancellationToken.None);
        await using (var stream = await live.Engine.StartAsync(new TranscriptionOptions(null, "en", null), CancellationToken.None))
        {
            await stream.AppendAsync(new byte[16_000 * 2 * 3 / 2], CancellationToken.None);
        }

        Assert.Equal(new ProviderUse { Calls = 1, AudioSeconds = 1.5m, Cost = 1.5m / 60 * 0.006m }, Used("alpha", Capability.Transcription));
        var file = await _worker.Catalog.FileTranscriberAsync(new EngineAsk("alpha", "en", "org_a"), CancellationToken.None);
        await foreach (var _ in file.Engine.TranscribeAsync(new WavAudio(new short[32_000], 16_000), new FileTranscriptionOptions(null, "en"), CancellationToken.None))
        {
        }

        Assert.Equal((1, 2m), (Used("alpha", Capability.Transcription) is var heard ? heard.Calls : 0, heard.AudioSeconds));
    }

    [Fact]
    public async Task Places_are_given_back_whatever_happens()
    {
        await using var worker = new ProviderWorker("alpha").With("Providers:alpha:MaxConcurrent", "1").With("Providers:alpha:QueueFor", "00:00:00");
        var route = await worker.Catalog.SpeechAsync(new EngineAsk("alpha"), CancellationToken.None);
        worker.Kind.Before = (_, _) => throw new ProviderException("provider_rejected", "no");
        await Assert.ThrowsAsync<ProviderException>(() => SpeakAsync(route));
        worker.Kind.Before = (_, _) => Task.CompletedTask;
        await SpeakAsync(route);

        await using var holding = route.Engine.SynthesizeAsync(new SpeechRequest("Hello.", "en"), CancellationToken.None).GetAsyncEnumerator();
        await holding.MoveNextAsync();
        Assert.Equal("provider_busy", (await Assert.ThrowsAsync<ProviderException>(() => SpeakAsync(route))).Code);
        await holding.DisposeAsync();
        await SpeakAsync(route);
    }

    private static Func<string, IReadOnlyList<ChatResponseUpdate>> Reply(long input, long output) => name =>
    [
        new(ChatRole.Assistant, $"I am {name}."),
        new(ChatRole.Assistant, []) { FinishReason = ChatFinishReason.Stop },
        new(ChatRole.Assistant, [new UsageContent(new UsageDetails { InputTokenCount = input, OutputTokenCount = output })]),
    ];

    private static (long Calls, long Input, long Output) Tokens(ProviderUse use) => (use.Calls, use.InputTokens, use.OutputTokens);

    private static async Task SpeakAsync(EngineRoute<ISpeechSynthesizer> route)
    {
        await foreach (var _ in route.Engine.SynthesizeAsync(new SpeechRequest("Hello.", "en"), CancellationToken.None))
        {
        }
    }

    private async Task ChatAsync(string model)
    {
        var route = await _worker.Catalog.ChatAsync(new EngineAsk(model, OrganizationId: "org_a"), CancellationToken.None);
        await route.Route.Engine.GetResponseAsync(Question).OrTimeout();
    }

    private IReadOnlyDictionary<ProviderUseKey, ProviderUse> Take() => _worker.Get<ProviderMeter>().Take();

    private ProviderUse Used(string provider, Capability capability)
    {
        var (key, use) = Assert.Single(Take());
        Assert.Equal((provider, capability, "org_a"), (key.Provider, key.Capability, key.OrganizationId));
        return use;
    }
}
