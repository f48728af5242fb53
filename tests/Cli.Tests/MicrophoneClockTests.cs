using Voice.Client;

namespace Voice.Cli.Tests;

public sealed class MicrophoneClockTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(20, 0)]
    [InlineData(20.5, 1)]
    [InlineData(55, 2)]
    public void SentAt_Position_IsWhenItsFrameLeft(double positionMs, int frame)
    {
        var time = new ManualTimeProvider();
        var clock = new MicrophoneClock(time);
        var sent = new List<long>();
        for (var i = 0; i < 3; i++)
        {
            time.Advance(TimeSpan.FromMilliseconds(20));
            sent.Add(time.GetTimestamp());
            clock.FrameSent();
        }

        Assert.Equal(sent[frame], clock.SentAt(positionMs));
        Assert.Null(clock.SentAt(61));
    }
}
