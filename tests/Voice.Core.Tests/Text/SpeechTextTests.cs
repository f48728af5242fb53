using Voice.Core.Text;

namespace Voice.Core.Tests.Text;

public sealed class SpeechTextTests
{
    [Theory]
    [InlineData("**We** are _open_ `today`.", "en", "We are open today.")]
    [InlineData("# Hours\n- Monday\n- Tuesday", "en", "Hours Monday Tuesday")]
    [InlineData("See [our page](https://example.com/hours?x=1).", "en", "See our page.")]
    [InlineData("Look at https://www.example.com/a/b for it", "en", "Look at example.com for it")]
    [InlineData("It is $20.50 & 5% off", "en", "It is 20.50 dollars and 5 percent off")]
    [InlineData("Dr. Lee, e.g. at 9 a.m.", "en", "Doctor Lee, for example at 9 A M")]
    [InlineData("Son 20 € y 5%", "es", "Son 20 euros y 5 por ciento")]
    [InlineData("5% 할인", "ko", "5 퍼센트 할인")]
    [InlineData("Great 😀👍🏽!", "en", "Great !")]
    [InlineData("2 * 3 = 6 | done", "en", "2 3 6 done")]
    [InlineData("***", "en", "")]
    public void Written_text_becomes_what_is_said(string written, string language, string spoken) => Assert.Equal(spoken, SpeechText.Clean(written, language));

    [Theory]
    [InlineData("I have a fever and my head hurts", "en", "es", "en")]
    [InlineData("tengo fiebre y me duele la cabeza", "en", "es", "es")]
    [InlineData("¿Dónde está?", "en", "es", "es")]
    [InlineData("머리가 아파요", "en", "ko", "ko")]
    [InlineData("xyzzy", "en", "es", "en")]
    public void The_language_of_a_text_is_told_between_two(string text, string first, string second, string language) =>
        Assert.Equal(language, LanguageGuess.Choose(text, first, second));
}
