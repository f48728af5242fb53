using Voice.Core.Text;

namespace Voice.Core.Tests.Text;

public sealed class BackchannelTests
{
    [Theory]
    [InlineData("en", "uh-huh")]
    [InlineData("en", "Uh huh.")]
    [InlineData("en", "Mm-hmm, mm-hmm")]
    [InlineData("en", "mmmmmm")]
    [InlineData("en-US", "Yeah, yeah, yeah!")]
    [InlineData("en", "okay right")]
    [InlineData("en", "Oh, I see.")]
    [InlineData("en", "got it, of course")]
    [InlineData("es", "vale, vale")]
    [InlineData("es-MX", "Sí, claro")]
    [InlineData("es", "ajá")]
    [InlineData("es", "De acuerdo.")]
    [InlineData("es", "muy bien, ya veo")]
    [InlineData("ko", "네")]
    [InlineData("ko", "네, 네네.")]
    [InlineData("ko", "음... 그렇군요")]
    [InlineData("ko-KR", "아, 맞아요")]
    public void Signs_of_listening_are_told(string language, string text) => Assert.True(Backchannel.Is(text, language));

    [Theory]
    [InlineData("en", "")]
    [InlineData("en", "...")]
    [InlineData("en", "no")]
    [InlineData("en", "wait")]
    [InlineData("en", "yeah but")]
    [InlineData("en", "okay stop")]
    [InlineData("en", "right now please")]
    [InlineData("en", "I see a problem")]
    [InlineData("en", "thank you")]
    [InlineData("en", "yes yes yes yes yes yes yes")]
    [InlineData("es", "no")]
    [InlineData("es", "sí pero")]
    [InlineData("es", "espere un momento")]
    [InlineData("es", "muy caro")]
    [InlineData("ko", "아니요")]
    [InlineData("ko", "네 그런데")]
    [InlineData("ko", "잠깐만요")]
    [InlineData("ko", "그래서 얼마예요")]
    public void Everything_else_asks_for_the_floor(string language, string text) => Assert.False(Backchannel.Is(text, language));

    [Theory]
    [InlineData("", false)]
    [InlineData(" … ", false)]
    [InlineData("[noise]", false)]
    [InlineData("(coughs) <unk>", false)]
    [InlineData("a", true)]
    [InlineData("[noise] stop", true)]
    [InlineData("네", true)]
    public void Noise_in_writing_is_no_word(string text, bool words) => Assert.Equal(words, Backchannel.HasWords(text));
}
