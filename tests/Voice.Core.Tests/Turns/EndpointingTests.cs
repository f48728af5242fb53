using Voice.Core.Text;
using Voice.Core.Turns;

namespace Voice.Core.Tests.Turns;

public sealed class EndpointingTests
{
    private static readonly TurnDetection Server = new();

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
        var endpointing = new Endpointing();

        Assert.False(endpointing.IsOver(TimeSpan.FromMilliseconds(milliseconds - 20), In(partial, language), Server));
        Assert.True(endpointing.IsOver(TimeSpan.FromMilliseconds(milliseconds), In(partial, language), Server));
    }

    [Theory]
    [InlineData(TurnEagerness.High, 280, 1_000, 2_000)]
    [InlineData(TurnEagerness.Medium, 320, 1_600, 4_000)]
    [InlineData(TurnEagerness.Auto, 320, 1_600, 4_000)]
    [InlineData(TurnEagerness.Low, 700, 4_000, 8_000)]
    public void Semantic_detection_waits_by_eagerness(TurnEagerness eagerness, int finished, int unfinished, int longest)
    {
        var settings = new TurnDetection { Eagerness = eagerness };
        var endpointing = new Endpointing();

        Assert.Equal(finished, endpointing.Wait(TimeSpan.Zero, In("no thank you", "en"), settings).TotalMilliseconds);
        Assert.Equal(unfinished, endpointing.Wait(TimeSpan.Zero, In("I would like to", "en"), settings).TotalMilliseconds);
        Assert.Equal(longest, Endpointing.LongestWait(settings).TotalMilliseconds);
    }

    [Fact]
    public void A_voice_that_comes_to_its_end_shortens_the_wait_and_one_that_rises_lengthens_it()
    {
        var settings = new TurnDetection { Eagerness = TurnEagerness.Auto };
        var endpointing = new Endpointing();
        double Wait(EndOfVoice ending) => endpointing.Wait(TimeSpan.Zero, In("the blue one", "en"), settings, ending).TotalMilliseconds;

        Assert.True(Wait(new EndOfVoice(3, 6)) < Wait(default));
        Assert.True(Wait(new EndOfVoice(-3, -2)) > Wait(default));
        Assert.InRange(Wait(new EndOfVoice(100, 100)), 0.84 * Wait(default), Wait(default));
    }

    [Fact]
    public void A_speaker_who_pauses_long_is_waited_for_and_one_who_does_not_is_answered_sooner()
    {
        var settings = new TurnDetection { Eagerness = TurnEagerness.Auto };
        var (slow, quick) = (new Endpointing(), new Endpointing());
        for (var i = 0; i < 12; i++)
        {
            Pause(slow, 1_000, settings);
            Pause(quick, 220, settings);
        }

        var usual = new Endpointing().Wait(TimeSpan.Zero, In("the blue one", "en"), settings);
        Assert.InRange(slow.Wait(TimeSpan.Zero, In("the blue one", "en"), settings), usual * 1.15, usual * 1.8);
        Assert.InRange(quick.Wait(TimeSpan.Zero, In("the blue one", "en"), settings), usual * 0.8, usual * 0.95);
        Assert.Equal(usual.TotalMilliseconds, Once(1_900).Wait(TimeSpan.Zero, In("the blue one", "en"), settings).TotalMilliseconds);

        Endpointing Once(int milliseconds)
        {
            var endpointing = new Endpointing();
            Pause(endpointing, milliseconds, settings);
            return endpointing;
        }
    }

    [Fact]
    public void A_silence_that_ended_a_turn_is_no_pause_within_one()
    {
        var settings = new TurnDetection { Eagerness = TurnEagerness.Auto };
        var endpointing = new Endpointing();
        var usual = endpointing.Wait(TimeSpan.Zero, In("the blue one", "en"), settings);
        for (var turn = 0; turn < 20; turn++)
        {
            endpointing.IsOver(TimeSpan.FromMilliseconds(1_500), In("the blue one", "en"), settings);
            endpointing.TurnEnded();
            endpointing.IsOver(TimeSpan.Zero, In(string.Empty, "en"), settings);
        }

        Assert.Equal(usual, endpointing.Wait(TimeSpan.Zero, In("the blue one", "en"), settings));
    }

    [Fact]
    public void A_speaker_who_searches_for_words_is_answered_no_later_after_a_whole_sentence()
    {
        var settings = new TurnDetection { Eagerness = TurnEagerness.Auto };
        var (endpointing, fresh) = (new Endpointing(), new Endpointing());
        for (var i = 0; i < 12; i++)
        {
            Pause(endpointing, 900, settings, "I would like to book a");
        }

        Assert.Equal(After(fresh, "I lost my card yesterday"), After(endpointing, "I lost my card yesterday"));

        TimeSpan After(Endpointing endpointing, string words) => endpointing.Wait(TimeSpan.Zero, In(words, "en"), settings);
    }

    [Fact]
    public void A_speaker_who_was_cut_off_is_waited_for_at_such_words_from_then_on()
    {
        var settings = new TurnDetection { Eagerness = TurnEagerness.Auto };
        var endpointing = new Endpointing();
        var before = endpointing.Wait(TimeSpan.Zero, In("I lost my card yesterday", "en"), settings);
        for (var i = 0; i < 6; i++)
        {
            endpointing.IsOver(before, In("I lost my card yesterday", "en"), settings);
            endpointing.TurnEnded();
            endpointing.WasCutOff(TimeSpan.FromMilliseconds(700));
        }

        Assert.InRange(endpointing.Wait(TimeSpan.Zero, In("I lost my card yesterday", "en"), settings), 1.4 * before, 1.8 * before);
    }

    [Fact]
    public void Words_that_came_before_the_voice_stopped_end_no_turn_while_the_recogniser_may_be_behind()
    {
        var settings = new TurnDetection { Eagerness = TurnEagerness.High };
        var endpointing = new Endpointing();

        Assert.True(endpointing.IsOver(TimeSpan.FromMilliseconds(300), new Heard("no thank you", "en", TimeSpan.FromMilliseconds(100)), settings));
        Assert.False(endpointing.IsOver(TimeSpan.FromMilliseconds(360), new Heard("no thank you", "en", TimeSpan.FromMilliseconds(400)), settings));
        Assert.True(endpointing.IsOver(TimeSpan.FromMilliseconds(400), new Heard("no thank you", "en", TimeSpan.FromMilliseconds(440)), settings));
    }

    [Fact]
    public void A_recogniser_that_was_late_is_given_the_time_it_needs_and_one_that_is_quick_no_more()
    {
        var settings = new TurnDetection { Eagerness = TurnEagerness.High };
        Assert.InRange(After(arrival: 600), 600, 700);
        Assert.Equal(280, After(arrival: 120));

        double After(int arrival)
        {
            var endpointing = new Endpointing();
            for (var pause = 0; pause < 10; pause++)
            {
                endpointing.IsOver(TimeSpan.FromMilliseconds(arrival), In("I would like to", "en"), settings);
                endpointing.WordsArrived(TimeSpan.FromMilliseconds(arrival));
                endpointing.IsOver(TimeSpan.Zero, In("I would like to", "en"), settings);
            }

            return endpointing.Wait(TimeSpan.Zero, new Heard("no thank you", "en", TimeSpan.FromMilliseconds(50)), settings).TotalMilliseconds;
        }
    }

    [Fact]
    public void Voice_that_nobody_understood_may_have_said_anything()
    {
        var settings = new TurnDetection { Eagerness = TurnEagerness.Auto };
        var endpointing = new Endpointing();
        TimeSpan Wait(int voice) => endpointing.Wait(TimeSpan.FromMilliseconds(600), new Heard("no thank you", "en", TimeSpan.FromMilliseconds(600 + voice)), settings);

        Assert.Equal(endpointing.Wait(TimeSpan.Zero, In("the blue one", "en"), settings), Wait(1_500));
        Assert.True(Wait(200) < Wait(1_500));
    }

    [Fact]
    public void Where_a_word_was_asked_for_a_word_may_be_all()
    {
        var settings = new TurnDetection { Eagerness = TurnEagerness.Auto };
        TimeSpan Wait(string words, bool asked) => new Endpointing().Wait(TimeSpan.Zero, new Heard(words, "en", TimeSpan.Zero, asked), settings);

        Assert.Equal(0.6 * Wait("the blue one", asked: false), Wait("the blue one", asked: true));
        Assert.Equal(Wait("I would like a", asked: false), Wait("I would like a", asked: true));
        Assert.Equal(Wait("the people in the house next to ours", asked: false), Wait("the people in the house next to ours", asked: true));
    }

    [Fact]
    public void A_frame_costs_no_allocation_while_the_words_stay()
    {
        var settings = new TurnDetection { Eagerness = TurnEagerness.Auto };
        var endpointing = new Endpointing();
        endpointing.IsOver(TimeSpan.FromMilliseconds(20), In("I would like to", "en"), settings);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var frame = 0; frame < 100; frame++)
        {
            endpointing.IsOver(TimeSpan.FromMilliseconds(20 * (frame % 40)), In("I would like to", "en"), settings);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>All words are in.</summary>
    private static Heard In(string words, string language) => new(words, language, TimeSpan.Zero);

    private static void Pause(Endpointing endpointing, int milliseconds, TurnDetection settings, string words = "the blue one")
    {
        endpointing.IsOver(TimeSpan.Zero, In(words, "en"), settings);
        for (var silence = 20; silence <= milliseconds; silence += 20)
        {
            endpointing.IsOver(TimeSpan.FromMilliseconds(silence), In(words, "en"), settings);
        }

        endpointing.IsOver(TimeSpan.Zero, In(words, "en"), settings);
    }
}
