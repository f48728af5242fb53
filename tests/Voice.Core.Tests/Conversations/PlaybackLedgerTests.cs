using Voice.Core.Conversations;

namespace Voice.Core.Tests.Conversations;

public sealed class PlaybackLedgerTests
{
    private const int Block = 4_800;

    [Theory]
    [InlineData(0)]
    [InlineData(0.05)]
    [InlineData(0.3)]
    [InlineData(0.45)]
    [InlineData(0.7)]
    [InlineData(0.9)]
    public void What_was_heard_and_what_was_not_are_the_whole(double seconds)
    {
        var ledger = Sent(new ManualTimeProvider());
        var heard = TimeSpan.FromSeconds(seconds);

        var rest = ledger.Rest(heard).ToList();

        Assert.Equal("one two three four five", $"{ledger.TextUntil(heard)} {string.Join(' ', rest.Select(piece => piece.Words).OfType<string>())}".Trim());
        Assert.Equal((0.9 - seconds) * 48_000, rest.Sum(piece => piece.Audio.Length), 1.0);
    }

    [Fact]
    public void Of_a_clause_that_still_gets_audio_a_word_is_left_for_it()
    {
        var ledger = new PlaybackLedger(new ManualTimeProvider());
        ledger.AddClause("one two");
        ledger.AddAudio(new byte[10 * Block], TimeSpan.Zero, TimeSpan.Zero);

        Assert.Equal("two", ledger.Rest(TimeSpan.FromSeconds(1)).Single().Words);
        ledger.Complete();
        Assert.Empty(ledger.Rest(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void Audio_that_was_heard_is_forgotten_two_seconds_later()
    {
        var time = new ManualTimeProvider();
        var ledger = new PlaybackLedger(time);
        ledger.AddClause("a long sentence");
        for (var i = 0; i < 100; i++)
        {
            ledger.AddAudio(new byte[Block], TimeSpan.Zero, TimeSpan.Zero);
        }

        time.Advance(TimeSpan.FromSeconds(7));
        ledger.AddAudio(new byte[Block], TimeSpan.Zero, TimeSpan.Zero);
        Assert.Equal(51 * Block, ledger.Rest(TimeSpan.Zero).Sum(piece => piece.Audio.Length));

        ledger.ForgetAudio();
        Assert.Equal(0, ledger.Rest(TimeSpan.Zero).Sum(piece => piece.Audio.Length));
    }

    [Fact]
    public void A_player_that_has_run_dry_begins_again_with_the_next_block()
    {
        var time = new ManualTimeProvider();
        var ledger = new PlaybackLedger(time);
        ledger.AddClause("let me see");
        var clock = TimeSpan.FromSeconds(5);
        Assert.Equal(clock, ledger.AddAudio(new byte[3 * Block], clock, TimeSpan.Zero));
        time.Advance(TimeSpan.FromSeconds(1));
        ledger.AddClause("we are open now");
        // 300 ms have played, and then nothing for 700 ms.
        Assert.Equal(clock + TimeSpan.FromSeconds(1), ledger.AddAudio(new byte[4 * Block], clock + TimeSpan.FromSeconds(1), TimeSpan.Zero));
        time.Advance(TimeSpan.FromMilliseconds(200));

        Assert.Equal(500, ledger.Played.TotalMilliseconds, 1.0);
        Assert.Equal(200, ledger.Remaining.TotalMilliseconds, 1.0);
        Assert.Equal(clock + TimeSpan.FromSeconds(1.2), ledger.ClockOf(TimeSpan.FromMilliseconds(500)));
        Assert.Equal(clock + TimeSpan.FromSeconds(0.2), ledger.ClockOf(TimeSpan.FromMilliseconds(200)));
    }

    /// <summary>300 ms of "one two", 600 ms of "three four five".</summary>
    private static PlaybackLedger Sent(TimeProvider time)
    {
        var ledger = new PlaybackLedger(time);
        Add("one two", 3);
        Add("three four five", 6);
        ledger.Complete();
        return ledger;

        void Add(string words, int blocks)
        {
            ledger.AddClause(words);
            for (var i = 0; i < blocks; i++)
            {
                ledger.AddAudio(new byte[Block], TimeSpan.Zero, TimeSpan.Zero);
            }
        }
    }
}
