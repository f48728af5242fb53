using Voice.Web.Components;

namespace Web.Tests;

public sealed class TextTests
{
    [Theory]
    [InlineData(null, "–")]
    [InlineData(-1d, "–")]
    [InlineData(double.NaN, "–")]
    [InlineData(0.4, "0 s")]
    [InlineData(59.9, "59 s")]
    [InlineData(61d, "1 min 01 s")]
    [InlineData(3661d, "1 h 01 min")]
    [InlineData(double.PositiveInfinity, "100 h 00 min")]
    public void Duration_Seconds_InWords(double? seconds, string expected) => Assert.Equal(expected, Text.Duration(seconds));

    [Theory]
    [InlineData(-3, "0:00")]
    [InlineData(5, "0:05")]
    [InlineData(754, "12:34")]
    public void Offset_FromTheStart_AsAPlayerShowsIt(int seconds, string expected) => Assert.Equal(expected, Text.Offset(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData("client_closed", null)]
    [InlineData(null, null)]
    [InlineData("server_lost", "server lost")]
    [InlineData("some_new_reason", "some new reason")]
    public void EndReason_OnlyWhatIsUnusual(string? reason, string? expected) => Assert.Equal(expected, Text.EndReason(reason));
}
