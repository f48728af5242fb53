using Voice.Inference.Engines;
using Voice.Inference.Providers.Routing;

namespace Voice.Inference.Tests.Providers.Routing;

public sealed class ProviderSelectionTests : IAsyncLifetime
{
    private readonly ProviderWorker _worker = new ProviderWorker("alpha", "beta", "gamma")
        .With("Providers:alpha:Options:Languages", "en de").With("Providers:beta:Options:Languages", "ko")
        .With("Providers:alpha:Models:gpt-4o-mini", "large").With("Providers:alpha:Fallbacks:0", "gamma/large")
        .With("Providers:beta:Prices:Speech:PerMillionCharacters", "4").With("Providers:gamma:Local", "true")
        .With("Defaults:Speech:any:0", "gamma").With("Defaults:Speech:any:1", "flite").With("Defaults:Speech:ko:0", "beta/tiny");

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _worker.DisposeAsync().AsTask();

    [Theory]
    // A provider, one of its models, and what it falls back to.
    [InlineData("beta", "en", "beta")]
    [InlineData("beta/tiny", "en", "beta/tiny")]
    [InlineData("alpha", "en", "alpha, gamma/large")]
    [InlineData("alpha/gpt-4o-mini", "en", "alpha/large, gamma/large")]
    // A model: everybody who has it.
    [InlineData("gpt-4o-mini", "en", "alpha/large")]
    [InlineData("tiny", "en", "alpha/tiny, beta/tiny, gamma/tiny")]
    [InlineData("flite-slt", "en", "flite/flite-slt")]
    // What is configured for the language, or for any.
    [InlineData(null, "en", "gamma, flite")]
    [InlineData("default", "ko-KR", "beta/tiny")]
    // Policies choose among those who speak the language.
    [InlineData("cheapest", "ko", "beta, gamma")]
    [InlineData("cheapest", "en", "alpha, gamma")]
    [InlineData("local", "en", "gamma, embedded, flite, espeak-ng")]
    [InlineData("local", "ko", "gamma, embedded, espeak-ng")]
    // A list, in its order, nobody twice.
    [InlineData("beta, gamma,beta", "en", "beta, gamma")]
    public async Task A_request_names_its_provider_in_many_ways(string? model, string language, string expected)
    {
        var route = await _worker.Catalog.SpeechAsync(new EngineAsk(model, language), CancellationToken.None);
        Assert.Equal(expected, string.Join(", ", route.Candidates.Select(Describe)));
    }

    [Fact]
    public async Task Without_a_default_those_who_are_configured_answer_before_those_that_come_along()
    {
        var route = await _worker.Catalog.TranscriberAsync(new EngineAsk(null, "ko"), CancellationToken.None);
        Assert.Equal("beta, gamma", string.Join(", ", route.Candidates.Select(Describe)));
    }

    [Fact]
    public async Task What_nobody_has_is_told_with_what_there_is()
    {
        var failure = await Assert.ThrowsAsync<ModelNotFoundException>(async () => await _worker.Catalog.SpeechAsync(new EngineAsk("tiny-2"), CancellationToken.None));
        Assert.Contains("alpha, gpt-4o-mini, beta, gamma", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task English_text_of_other_languages_comes_from_those_who_make_it()
    {
        await using var worker = new ProviderWorker("alpha", "beta").With("Providers:beta:Options:ToEnglish", "true");
        var route = await worker.Catalog.FileTranscriberAsync(new EngineAsk(null, "ko") { ToEnglish = true }, CancellationToken.None);
        Assert.Equal("beta", string.Join(", ", route.Candidates.Select(Describe)));
        await Assert.ThrowsAsync<ModelNotFoundException>(async () => await worker.Catalog.FileTranscriberAsync(new EngineAsk("alpha", "ko") { ToEnglish = true }, CancellationToken.None));
    }

    private static string Describe(ProviderCandidate candidate) => candidate.Model is { } model ? $"{candidate.Entry.Name}/{model}" : candidate.Entry.Name;
}
