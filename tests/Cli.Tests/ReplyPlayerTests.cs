using Voice.Client;

namespace Voice.Cli.Tests;

public sealed class ReplyPlayerTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly ReplyPlayer _player;

    public ReplyPlayerTests() => _player = new ReplyPlayer(_time);

    [Fact]
    public void Remaining_AudioArrivesFasterThanItPlays_IsQueued()
    {
        _player.Append("a", Audio(100));
        _player.Append("a", Audio(100));
        _time.Advance(TimeSpan.FromMilliseconds(50));

        Assert.Equal(TimeSpan.FromMilliseconds(150), _player.Remaining);
    }

    [Fact]
    public void Interrupt_InTheSecondBlock_CutsThereAndReportsThePositionInTheItem()
    {
        _player.Append("a", Audio(100));
        _player.Append("a", Audio(100));
        _player.Append("a", Audio(100));
        _time.Advance(TimeSpan.FromMilliseconds(130));

        Assert.Equal(new ReplyPlayer.Interruption("a", 130), _player.Interrupt());
        Assert.Equal(130 * 48, _player.ToArray().Length);
        Assert.Equal(TimeSpan.Zero, _player.Remaining);
        Assert.Null(_player.Interrupt());
    }

    [Fact]
    public void Interrupt_AfterAGap_CountsOnlyTheItemThatPlays()
    {
        _player.Append("a", Audio(100));
        _time.Advance(TimeSpan.FromMilliseconds(1_000));
        _player.Append("b", Audio(100));
        _time.Advance(TimeSpan.FromMilliseconds(40));

        Assert.Equal(new ReplyPlayer.Interruption("b", 40), _player.Interrupt());
        Assert.Equal(140 * 48, _player.ToArray().Length);
    }

    [Fact]
    public void Interrupt_NothingPlays_IsNone()
    {
        _player.Append("a", Audio(100));
        _time.Advance(TimeSpan.FromMilliseconds(100));

        Assert.Null(_player.Interrupt());
    }

    private static byte[] Audio(int milliseconds) => new byte[milliseconds * 48];
}
