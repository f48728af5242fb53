using Microsoft.Extensions.Options;
using Voice.Core.Audio;
using Voice.Core.Providers;
using Voice.Inference.Speech;

namespace Voice.Inference.Tests.Speech;

public sealed class EspeakSsmlTests
{
    [Theory]
    [InlineData("<speak>Hello <break time='500ms'/>there</speak>", "<speak>Hello <break time=\"500ms\"/>there</speak>")]
    [InlineData("<speak><audio src='/etc/passwd'><desc>a tune</desc>ring</audio></speak>", "<speak> ring </speak>")]
    [InlineData("<speak><voice name='../../x'>hi</voice><mark name='m'/><lexicon uri='file:///etc/passwd'/></speak>", "<speak> hi </speak>")]
    [InlineData("<speak onlangfailure='x' xml:base='file:///'><prosody rate='slow' src='/x'>a</prosody></speak>", "<speak><prosody rate=\"slow\">a</prosody></speak>")]
    [InlineData("<speak><break time='9999s'/><break time='-3s'/><break strength='weak'/></speak>", "<speak><break time=\"10000ms\"/><break/><break strength=\"weak\"/></speak>")]
    [InlineData("<speak>1 &lt;audio src='x'/&gt; 2 &amp; 3</speak>", "<speak>1  audio src='x'/  2 &amp; 3</speak>")]
    [InlineData("<speak><sub alias='World&quot; x=&quot;1'>W</sub></speak>", "<speak><sub alias=\"World  x= 1\">W</sub></speak>")]
    [InlineData("<?xml version='1.0'?><!-- c --><speak><![CDATA[a<b]]><?pi x?></speak>", "<speak>a b</speak>")]
    public void A_document_keeps_what_is_harmless_and_its_words(string ssml, string expected) => Assert.Equal(expected, EspeakSsml.Rewrite(ssml));

    [Theory]
    [InlineData("hello")]
    [InlineData("")]
    [InlineData("<speak>hello")]
    [InlineData("<html>hello</html>")]
    [InlineData("<!DOCTYPE speak [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><speak>&x;</speak>")]
    public void What_is_no_ssml_is_refused_without_repeating_it(string text)
    {
        var failure = Assert.Throws<ProviderException>(() => EspeakSsml.Rewrite(text));

        Assert.Equal("provider_rejected", failure.Code);
        Assert.DoesNotContain("hello", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Elements_deeper_than_anybody_writes_are_refused() =>
        Assert.Throws<ProviderException>(() => EspeakSsml.Rewrite("<speak>" + string.Concat(Enumerable.Repeat("<p>", 300)) + string.Concat(Enumerable.Repeat("</p>", 300)) + "</speak>"));

    [Fact]
    public void All_breaks_together_are_bounded()
    {
        var written = EspeakSsml.Rewrite("<speak>" + string.Concat(Enumerable.Repeat("<break time='10s'/>", 200)) + "</speak>");

        Assert.Equal(6, written.Split("10000ms").Length - 1);
    }

    [Fact]
    public async Task Espeak_pauses_where_the_document_says_so_and_speaks_no_tag()
    {
        var plain = await SpeakAsync(new SpeechRequest("<speak>One. Two.</speak>", "en") { IsSsml = true });
        var paused = await SpeakAsync(new SpeechRequest("<speak>One. <break time=\"2s\"/> Two.</speak>", "en") { IsSsml = true });
        var read = await SpeakAsync(new SpeechRequest("<speak>One. Two.</speak>", "en"));

        Assert.InRange(Pcm16.Duration(paused - plain, 24_000).TotalSeconds, 1.5, 2.5);
        Assert.True(read > plain, $"as text it takes {read} bytes, as a document {plain}");
    }

    [Fact]
    public async Task Espeak_takes_a_voice_of_its_own_and_ignores_those_of_others()
    {
        var american = await SpeakAsync(new SpeechRequest("Mother and father are here.", "en"));
        var other = await SpeakAsync(new SpeechRequest("Mother and father are here.", "en", Voice: "alloy"));
        var german = await SpeakAsync(new SpeechRequest("Mother and father are here.", "en", Voice: "de"));

        Assert.Equal(american, other);
        Assert.NotEqual(american, german);
    }

    [Fact]
    public async Task Instructions_are_refused_because_espeak_would_not_follow_them()
    {
        var failure = await Assert.ThrowsAsync<ProviderException>(() => SpeakAsync(new SpeechRequest("Hello.", "en") { Instructions = "whisper" }));

        Assert.Equal("unsupported_value", failure.Code);
    }

    [Fact]
    public void Embedded_voices_have_names_of_their_own_and_languages()
    {
        Assert.Equal(EmbeddedSynthesizer.Voices.Count, EmbeddedSynthesizer.Voices.Select(voice => voice.Id).Distinct().Count());
        Assert.All(EmbeddedSynthesizer.Voices, voice => Assert.NotNull(EspeakVoices.For(voice.Languages.Single())));
    }

    private static async Task<int> SpeakAsync(SpeechRequest request)
    {
        using var espeak = new EspeakSynthesizer(Options.Create(new SpeakerOptions()), TimeProvider.System);
        var length = 0;
        await foreach (var block in espeak.SynthesizeAsync(request, CancellationToken.None))
        {
            length += block.Length;
        }

        return length;
    }
}
