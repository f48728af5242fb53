using Voice.Core.Text;

namespace Voice.Core.Tests.Text;

public sealed class OpenQuestionTests
{
    [Theory]
    [InlineData("Sure. What is your name?", "en", true)]
    [InlineData("Would you like Monday or Tuesday?", "en", true)]
    [InlineData("Can I have your phone number?", "en", true)]
    [InlineData("How can I help you?", "en", false)]
    [InlineData("Is there anything else that you need?", "en", false)]
    [InlineData("What a pity. Shall I book it?", "en", false)]
    [InlineData("I know which one.", "en", false)]
    [InlineData("¿Para cuántas personas?", "es-ES", true)]
    [InlineData("¿En qué puedo ayudarle?", "es", false)]
    [InlineData("¿Quiere que la cancele?", "es", false)]
    [InlineData("성함이 어떻게 되세요?", "ko", true)]
    [InlineData("무엇을 도와드릴까요?", "ko", false)]
    [InlineData("예약할까요?", "ko", false)]
    public void A_question_for_a_word_or_two_is_known(string said, string language, bool asks) => Assert.Equal(asks, OpenQuestion.Asks(said, language));
}
