using Voice.Core.Turns;

namespace Voice.Core.Tests.Turns;

public sealed class EndpointingTests
{
    [Theory]
    [InlineData("what are your opening hours", "en", 400)]
    [InlineData("yes I do", "en", 400)]
    [InlineData("", "en", 400)]
    [InlineData("I would like to book an", "en", 550)]
    [InlineData("I want to come on monday and", "en", 550)]
    [InlineData("so um", "en", 550)]
    [InlineData("tengo dolor de", "es", 550)]
    [InlineData("tengo dolor de cabeza", "es", 400)]
    [InlineData("오늘 병원에 갔는데", "ko", 550)]
    [InlineData("예약하고 싶어요", "ko", 400)]
    public void A_turn_ends_after_a_pause_that_fits_its_words(string partial, string language, int milliseconds)
    {
        var settings = new TurnDetection();

        Assert.False(Endpointing.IsOver(TimeSpan.FromMilliseconds(milliseconds - 20), partial, language, settings));
        Assert.True(Endpointing.IsOver(TimeSpan.FromMilliseconds(milliseconds), partial, language, settings));
    }
}
