using Voice.Core.Providers;

namespace Voice.Inference.Tests.Providers.Translation;

/// <summary>What every translator does, at the wire or in this process.</summary>
public abstract class TranslationConformance : IAsyncLifetime
{
    private protected abstract ITranslator Translator { get; }

    public abstract Task InitializeAsync();

    public abstract Task DisposeAsync();

    [Fact]
    public async Task A_text_is_translated()
    {
        Assert.Equal("¿Dónde le duele?", await Translator.TranslateAsync("Where does it hurt?", "en", "es", default).AsTask().OrTimeout());
    }

    [Fact]
    public async Task Regions_of_a_language_are_that_language()
    {
        Assert.Equal("¿Dónde le duele?", await Translator.TranslateAsync("Where does it hurt?", "en-US", "es-MX", default).AsTask().OrTimeout());
    }

    [Fact]
    public async Task A_text_stays_itself_in_its_own_language()
    {
        Assert.Equal("Where does it hurt?", await Translator.TranslateAsync("Where does it hurt?", "en", "en-GB", default).AsTask().OrTimeout());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public async Task Nothing_is_nothing_in_every_language(string text)
    {
        Assert.Equal("", (await Translator.TranslateAsync(text, "en", "es", default).AsTask().OrTimeout()).Trim());
    }

    [Theory]
    [InlineData("en", "tlh")]
    [InlineData("tlh", "en")]
    public async Task A_language_that_it_does_not_have_is_named_so(string from, string to)
    {
        var failure = await Assert.ThrowsAsync<ProviderException>(() => Translator.TranslateAsync("Where does it hurt?", from, to, default).AsTask()).OrTimeout();

        Assert.Equal("unsupported_language", failure.Code);
    }

    [Fact]
    public async Task Who_has_cancelled_gets_nothing()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Translator.TranslateAsync("The weather was very nice in the mountains yesterday.", "en", "es", cancelled.Token).AsTask()).OrTimeout();
    }

    [Fact]
    public async Task Texts_at_once_keep_apart()
    {
        var texts = Enumerable.Range(0, 10).Select(_ => Translator.TranslateAsync("Where does it hurt?", "en", "es", default).AsTask());

        Assert.All(await Task.WhenAll(texts).OrTimeout(), text => Assert.Equal("¿Dónde le duele?", text));
    }
}
