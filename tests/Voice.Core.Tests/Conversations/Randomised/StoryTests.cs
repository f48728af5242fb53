using Voice.Core.Conversations;
using Voice.Core.Turns;

namespace Voice.Core.Tests.Conversations.Randomised;

/// <summary>One conversation for each thing that happens between people, held to all invariants and to its rows of docs/specs/conversation.md.</summary>
public sealed class StoryTests
{
    private const string Long = "We are open from nine to five. On Saturday we are open until noon. We are closed on Sunday. Come whenever you like, and bring a friend.";

    private static readonly Step.Model Talkative = new(Long, 80, 20, null, 0, false, null);

    /// <summary>Rows: speaking, pause shorter than the wait; speaking, voice again after a pause.</summary>
    [Fact]
    public void Hesitation()
    {
        var told = Play(Heard("I would like to book a table for two on Monday"), Speak(1_300), Quiet(300), Speak(1_500), Quiet(6_000));

        Assert.Single(told.OfType<ConversationEvent.SpeechStopped>());
        Assert.Equal("I would like to book a table for two on Monday", Assert.Single(Recorded(told)).Transcript);
    }

    /// <summary>Rows: candidate, partial transcript with words; speaking, user interrupts; interrupted, final transcript with words.</summary>
    [Fact]
    public void Interruption()
    {
        var told = Play(Talkative, Heard("when are you open"), Speak(1_300), Quiet(2_500), Heard("stop I want something else"), Speak(1_500), Quiet(15_000));

        var turns = Recorded(told);
        Assert.Equal(2, turns.Count);
        Assert.StartsWith("We are open", turns[0].Reply, StringComparison.Ordinal);
        Assert.True(turns[0].Reply.Length < Long.Length);
        Assert.Single(told.OfType<ConversationEvent.PlaybackCut>());
    }

    /// <summary>Rows: candidate, pause as long as the wait; overheard, only backchannel.</summary>
    [Fact]
    public void Backchannel()
    {
        var told = Play(Talkative, Heard("when are you open"), Speak(1_300), Quiet(2_000), Heard("uh-huh"), Speak(320), Quiet(15_000));

        Assert.Equal("uh-huh", Assert.Single(told.OfType<ConversationEvent.Backchannel>()).Text);
        Assert.Single(told.OfType<ConversationEvent.SpeechStarted>());
        Assert.Equal(ResponseStatus.Completed, Assert.Single(told.OfType<ConversationEvent.ResponseDone>()).Response.Status);
        Assert.Equal(Long, Assert.Single(Recorded(told)).Reply);
    }

    /// <summary>Rows: candidate, voice without any partial; transcribing, no words after it interrupted; suspended, the interruption was false.</summary>
    [Fact]
    public void A_false_interruption()
    {
        var told = Play(
            Talkative, Heard("when are you open"), Speak(1_300), Quiet(2_000),
            new Step.Hear("", Step.Outcome.Final, 50, 0, false, false), Speak(900), Quiet(20_000));

        Assert.Single(told.OfType<ConversationEvent.PlaybackCut>());
        Assert.Equal(2, told.OfType<ConversationEvent.ResponseDone>().Count());
        Assert.Equal(Long, Assert.Single(Recorded(told)).Reply);
    }

    /// <summary>Rows: quiet, voice while a reply is thinking; thinking, held: user interrupts with words; waiting.</summary>
    [Fact]
    public void Overlapping_speech()
    {
        var told = Play(
            Talkative with { First = 1_500 }, Heard("when are you open"), Speak(1_300), Quiet(700), Heard("on Monday I mean"), Speak(1_200), Quiet(15_000));

        var turns = Recorded(told);
        Assert.Equal(["when are you open", "on Monday I mean"], turns.Select(turn => turn.Transcript));
        Assert.Equal(["", Long], turns.Select(turn => turn.Reply));
        Assert.Equal(ResponseStatus.Completed, told.OfType<ConversationEvent.ResponseDone>().Last().Response.Status);
    }

    /// <summary>Rows: quiet; transcribing, final transcript without words.</summary>
    [Fact]
    public void Silence_and_a_door()
    {
        var told = Play(Quiet(5_000), Heard(""), Speak(300), Quiet(5_000));

        Assert.Empty(told.OfType<ConversationEvent.ResponseCreated>());
        Assert.Empty(Recorded(told));
    }

    /// <summary>Rows: thinking, a tool of the server's runs; what is said meanwhile is no part of the reply.</summary>
    [Fact]
    public void A_slow_tool()
    {
        var told = Play(
            Talkative with { Tools = "look_up" }, new Step.Tool(4_000, false), Heard("when are you open"), Speak(1_300), Quiet(20_000));

        Assert.False(Assert.Single(told.OfType<ConversationEvent.ServerCallEnded>()).Failed);
        Assert.EndsWith(Long, Assert.Single(Recorded(told)).Reply, StringComparison.Ordinal);
    }

    /// <summary>Rows: the mode fails; speech fails; transcription failed.</summary>
    [Fact]
    public void Failing_providers()
    {
        var told = Play(
            Talkative with { FailAt = 0 }, Heard("when are you open"), Speak(1_300), Quiet(6_000),
            Talkative, new Step.Voice(50, 10, 2_400, 0, 0, false), Speak(1_300), Quiet(4_000),
            new Step.Voice(50, 10, 2_400, null, 0, false), new Step.Hear("hello", Step.Outcome.Failed, 50, 0, false, false), Speak(1_300), Quiet(6_000),
            new Step.Break(false), Heard("are you there"), Speak(1_300), Quiet(15_000));

        Assert.Single(told.OfType<ConversationEvent.TranscriptFailed>());
        Assert.Contains("did not catch", string.Concat(told.OfType<ConversationEvent.TextDelta>().Select(delta => delta.Delta)));
        Assert.Equal(2, told.OfType<ConversationEvent.Error>().Count());
        Assert.Equal(Long, Recorded(told)[^1].Reply);
    }

    /// <summary>Rows: queue of events to the client; a client that does not read loses nothing.</summary>
    [Fact]
    public void A_lost_connection()
    {
        var told = Play(
            Talkative, Heard("when are you open"), Speak(1_300), Quiet(800), new Step.Reading(false), new Step.Wait(20_000), new Step.Reading(true), Quiet(12_000));

        Assert.Equal(Long, string.Concat(told.OfType<ConversationEvent.TextDelta>().Select(delta => delta.Delta)));
        Assert.Equal(Long.Split(' ').Length, told.OfType<ConversationEvent.AudioDelta>().Count());
        Assert.Equal(Long, Assert.Single(Recorded(told)).Reply);
    }

    /// <summary>Rows: playing, the turn holds crisis language; speaking, user interrupts. What waits behind an announcement was not heard.</summary>
    [Fact]
    public void An_interruption_of_what_plays_before_the_answer()
    {
        var told = Play(
            new Step.Hear("I want to end my life", Step.Outcome.Final, 200, 0, false, false), new Step.Speak(1_293, 800, 1_790), new Step.Quiet(287, 800),
            new Step.Say("Please call nine one one. Somebody is there for you at any time."), new Step.Speak(2_316, 16_000, 3_948), Quiet(10_000));

        Assert.Equal("", Recorded(told)[0].Reply);
    }

    /// <summary>How a session ends: the response is cancelled, the turn recorded as far as it got.</summary>
    [Theory]
    [InlineData(100)]
    [InlineData(700)]
    [InlineData(2_500)]
    public void The_session_ends_while_somebody_speaks(int quiet)
    {
        var told = Play(Talkative, Heard("when are you open"), Speak(1_300), Quiet(quiet), Speak(200));

        Assert.All(told.OfType<ConversationEvent.ResponseDone>(), done => Assert.NotEqual(ResponseStatus.InProgress, done.Response.Status));
        Assert.Equal(told.OfType<ConversationEvent.TranscriptCompleted>().Count(), Recorded(told).Count);
    }

    private static Step.Hear Heard(string text) => new(text, Step.Outcome.Final, 50, 0, true, false);

    private static Step.Speak Speak(int milliseconds) => new(milliseconds, 320, 0);

    private static Step.Quiet Quiet(int milliseconds) => new(milliseconds, 320);

    private static List<TurnSummary> Recorded(IEnumerable<ConversationEvent> told) => [.. told.OfType<ConversationEvent.TurnRecorded>().Select(one => one.Turn)];

    private static List<ConversationEvent> Play(params Step[] steps)
    {
        var recording = Performance.Of(new Script(0, "agent", Greets: false, Settles: false, new ConversationSettings { TurnDetection = new TurnDetection() }, steps));
        var wrong = Invariant.Check(recording);
        Assert.True(wrong.Count == 0, $"{string.Join('\n', wrong)}\n{recording}");
        return [.. recording.Log.Where(entry => entry.Event is not null).Select(entry => entry.Event!)];
    }
}
