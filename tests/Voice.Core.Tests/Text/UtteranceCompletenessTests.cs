using Voice.Core.Text;

namespace Voice.Core.Tests.Text;

public sealed class UtteranceCompletenessTests
{
    [Theory]
    [InlineData("I would like to", "Unfinished")]
    [InlineData("I want to come on monday and", "Unfinished")]
    [InlineData("um", "Unfinished")]
    [InlineData("my name is", "Unfinished")]
    [InlineData("can you", "Unfinished")]
    [InlineData("and then I", "Unfinished")]
    [InlineData("if I come at nine", "Unfinished")]
    [InlineData("my phone number is five five five", "Unfinished")]
    [InlineData("my phone number is 555 0134 99", "Likely")]
    [InlineData("I'm calling because,", "Unfinished")]
    [InlineData("I want to.", "Open")]
    [InlineData("the blue one", "Open")]
    [InlineData("", "Open")]
    [InlineData("what are your opening hours", "Likely")]
    [InlineData("I lost my card yesterday", "Likely")]
    [InlineData("can you tell me what time it is", "Likely")]
    [InlineData("where are you", "Likely")]
    [InlineData("I lost my card yesterday.", "Finished")]
    [InlineData("Yes.", "Finished")]
    [InlineData("no thank you", "Finished")]
    [InlineData("that's all", "Finished")]
    [InlineData("I think so", "Finished")]
    [InlineData("Could you book that for me, please?", "Finished")]
    public void English(string words, string expected) => Assert.Equal(expected, UtteranceCompleteness.Of(words, "en-US").ToString());

    [Theory]
    [InlineData("quiero una cita para", "Unfinished")]
    [InlineData("mi nombre es", "Unfinished")]
    [InlineData("eh", "Unfinished")]
    [InlineData("si llego a las nueve", "Unfinished")]
    [InlineData("el teléfono es seis cero cinco", "Unfinished")]
    [InlineData("la azul", "Open")]
    [InlineData("qué horario tienen", "Likely")]
    [InlineData("me duele la cabeza", "Likely")]
    [InlineData("sí", "Finished")]
    [InlineData("no, gracias", "Finished")]
    [InlineData("cambie la cita, por favor", "Finished")]
    [InlineData("¿Cómo está?", "Finished")]
    public void Spanish(string words, string expected) => Assert.Equal(expected, UtteranceCompleteness.Of(words, "es").ToString());

    [Theory]
    [InlineData("오늘 병원에 갔는데", "Unfinished")]
    [InlineData("머리가", "Unfinished")]
    [InlineData("통증이", "Unfinished")]
    [InlineData("예약을", "Unfinished")]
    [InlineData("밥을 먹으니까", "Unfinished")]
    [InlineData("그런데", "Unfinished")]
    [InlineData("빨간색", "Open")]
    [InlineData("휴가", "Open")]
    [InlineData("차이", "Open")]
    [InlineData("어제 병원에 갔어", "Likely")]
    [InlineData("예약하고 싶어요", "Finished")]
    [InlineData("몇 시에 문을 엽니까", "Finished")]
    [InlineData("예약했는데요", "Finished")]
    [InlineData("네", "Finished")]
    public void Korean(string words, string expected) => Assert.Equal(expected, UtteranceCompleteness.Of(words, "ko").ToString());

    [Fact]
    public void Of_a_language_it_does_not_know_punctuation_tells()
    {
        Assert.Equal(Completeness.Open, UtteranceCompleteness.Of("je voudrais", "fr"));
        Assert.Equal(Completeness.Likely, UtteranceCompleteness.Of("Je voudrais un café.", "fr"));
        Assert.Equal(Completeness.Unfinished, UtteranceCompleteness.Of("Je voudrais,", "fr"));
    }
}
