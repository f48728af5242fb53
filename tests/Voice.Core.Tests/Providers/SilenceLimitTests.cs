using Voice.Core.Providers;

namespace Voice.Core.Tests.Providers;

public sealed class SilenceLimitTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [Fact]
    public void Time_in_which_nobody_listens_is_no_silence_of_the_provider()
    {
        var time = new ManualTimeProvider();
        using var silence = new SilenceLimit(Limit, time, CancellationToken.None);
        silence.Heard();

        time.Advance(Limit * 20);
        Assert.False(silence.IsExceeded);

        silence.Listen();
        time.Advance(Limit - TimeSpan.FromMilliseconds(1));
        Assert.False(silence.IsExceeded);
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(silence.IsExceeded);
        Assert.True(silence.Token.IsCancellationRequested);
    }

    [Fact]
    public void The_request_itself_is_listened_to_from_its_beginning()
    {
        var time = new ManualTimeProvider();
        using var silence = new SilenceLimit(Limit, time, CancellationToken.None);

        time.Advance(Limit);

        Assert.True(silence.IsExceeded);
    }
}
