using Microsoft.Extensions.AI;
using Voice.Core.Audio;
using Voice.Core.Conversations;
using Voice.Core.Providers;
using Voice.Core.Turns;

namespace Voice.Core.Tests.Conversations;

/// <summary>Rows "candidate", "overheard", "held" and "suspended" of docs/specs/conversation.md.</summary>
public sealed class BargeInTests
{
    private const string Long = "We are open from nine to five. On Saturday we are open until noon. We are closed on Sunday. Please ring the bell at the door, and somebody comes.";

    /// <summary>Still being made when it is interrupted; <see cref="Long"/> has been sent by then and plays.</summary>
    private static readonly string Longer = string.Join(' ', Enumerable.Repeat(Long, 3));

    [Fact]
    public void Candidate_over_an_audible_reply_is_told_to_nobody_and_the_reply_goes_on()
    {
        using var scene = Audible();
        var before = scene.All<ConversationEvent.AudioDelta>().Count;
        scene.Speak(0.4);

        Assert.Single(scene.All<ConversationEvent.SpeechStarted>());
        Assert.Empty(scene.All<ConversationEvent.ResponseDone>());
        Assert.True(scene.All<ConversationEvent.AudioDelta>().Count > before);
    }

    [Fact]
    public void Candidate_with_a_word_interrupts_at_once_and_nothing_leaks_after_the_decision()
    {
        using var scene = Audible();
        scene.Speak(0.3);
        scene.Transcriber.Streams[0].Partial("wait");
        scene.Run();

        var done = scene.Single<ConversationEvent.ResponseDone>();
        Assert.Equal((ResponseStatus.Cancelled, "turn_detected"), (done.Response.Status, done.Response.End?.Reason));
        var at = scene.Events.IndexOf(done);
        var started = scene.All<ConversationEvent.SpeechStarted>()[1];
        Assert.True(scene.Events.IndexOf(started) < at);
        // The time it began, not the time it was understood.
        Assert.InRange((started.At - scene.All<ConversationEvent.SpeechStarted>()[0].At).TotalSeconds, 1.6, 1.8);
        scene.Speak(1);
        Assert.DoesNotContain(scene.Events.Skip(at), e => e is ConversationEvent.AudioDelta);
    }

    [Theory]
    [InlineData(0.4, false)]
    [InlineData(0.75, true)]
    public void Candidate_without_any_partial_interrupts_after_the_minimum_voice(double seconds, bool interrupts)
    {
        using var scene = Audible();
        scene.Speak(seconds);

        Assert.Equal(interrupts, scene.All<ConversationEvent.ResponseDone>().Any(done => done.Response.Status == ResponseStatus.Cancelled));
        Assert.Equal(interrupts ? 2 : 1, scene.All<ConversationEvent.SpeechStarted>().Count);
    }

    [Fact]
    public void Candidate_with_a_backchannel_for_a_partial_may_last_three_times_as_long()
    {
        using var scene = Audible();
        scene.Speak(0.3);
        scene.Transcriber.Streams[0].Partial("yeah");
        scene.Speak(0.4);
        Assert.Empty(scene.All<ConversationEvent.ResponseDone>());

        scene.Speak(1.8);
        Assert.Equal(2, scene.All<ConversationEvent.SpeechStarted>().Count);
        Assert.Single(scene.All<ConversationEvent.PlaybackCut>());
    }

    [Theory]
    [InlineData("uh-huh", 1)]
    [InlineData("", 0)]
    public void Overheard_backchannel_or_cough_changes_nothing_for_client_memory_and_reply(string transcript, int told)
    {
        using var scene = Audible();
        scene.Transcriber.Texts.Enqueue(transcript);
        scene.Speak(0.3);
        scene.Quiet(10);

        Assert.Single(scene.All<ConversationEvent.SpeechStarted>());
        Assert.Single(scene.All<ConversationEvent.InputCommitted>());
        Assert.Single(scene.All<ConversationEvent.TranscriptCompleted>());
        Assert.Equal(told, scene.All<ConversationEvent.Backchannel>().Count(e => e.Text == transcript));
        Assert.Equal(ResponseStatus.Completed, scene.Single<ConversationEvent.ResponseDone>().Response.Status);
        Assert.Equal(scene.Model.Text, scene.Single<ConversationEvent.TurnRecorded>().Turn.Reply);
        Assert.Empty(scene.All<ConversationEvent.PlaybackCut>());
    }

    [Theory]
    [InlineData("We are open from nine to five, on Saturday until noon, and on Sunday we are closed all day. Shall I book a table for you and your friends this evening at eight?", true)]
    [InlineData("We are open from nine to five, on Saturday until noon, and on Sunday we are closed all day. So I will book a table for you and your friends at eight.", false)]
    public void Overheard_yes_is_an_answer_where_the_reply_ends_in_a_question_and_a_backchannel_where_it_does_not(string reply, bool answered)
    {
        using var scene = new Scene();
        scene.Model.Text = reply;
        scene.Speak(1);
        scene.Quiet(2.6);
        scene.Transcriber.Texts.Enqueue("yes");
        scene.Speak(0.3);
        scene.Quiet(10);

        Assert.Equal(answered ? 2 : 1, scene.Model.Calls.Count);
        Assert.Equal(answered ? 0 : 1, scene.All<ConversationEvent.Backchannel>().Count);
    }

    [Fact]
    public void Overheard_words_interrupt_late_and_are_answered()
    {
        using var scene = Audible();
        scene.Transcriber.Texts.Enqueue("no stop");
        scene.Speak(0.3);
        scene.Quiet(0.47);
        // At once with the transcript: the client is told everything in order, and the reply has stopped.
        var kinds = scene.Events.Select(e => e.GetType().Name).SkipWhile(name => name != "SpeechStarted").ToList();
        var late = kinds.LastIndexOf("SpeechStarted");
        Assert.Equal(
            ["SpeechStarted", "SpeechStopped", "InputCommitted", "ItemAdded", "ItemDone", "TranscriptCompleted", "AudioDone"],
            kinds.Skip(late).Take(7));
        Assert.Equal(ResponseStatus.Cancelled, scene.All<ConversationEvent.ResponseDone>()[0].Response.Status);

        scene.Quiet(10);
        Assert.Equal("no stop", scene.Model.Calls[1][^1].Text);
        Assert.Equal(ResponseStatus.Completed, scene.All<ConversationEvent.ResponseDone>()[1].Response.Status);
    }

    [Fact]
    public void Overheard_yes_is_an_answer_once_the_reply_has_played()
    {
        using var scene = new Scene();
        scene.Model.Text = "Shall I book it?";
        scene.Speak(1);
        scene.Quiet(0.9);
        Assert.NotEmpty(scene.All<ConversationEvent.AudioDelta>());
        scene.Transcriber.Texts.Enqueue("yes");
        scene.Speak(0.3);
        scene.Quiet(3);

        Assert.Equal(2, scene.Model.Calls.Count);
        Assert.Equal("yes", scene.Model.Calls[1][^1].Text);
        Assert.Empty(scene.All<ConversationEvent.Backchannel>());
    }

    [Fact]
    public void Thinking_reply_is_held_while_the_user_may_be_about_to_interrupt_and_let_go_when_it_was_nothing()
    {
        using var scene = new Scene();
        scene.Transcriber.Texts.Enqueue("when are you open");
        scene.Transcriber.Texts.Enqueue("");
        Thinking(scene);
        scene.Speak(0.3);
        Assert.Empty(scene.All<ConversationEvent.AudioDelta>());
        scene.Quiet(0.4);
        Assert.Empty(scene.All<ConversationEvent.AudioDelta>());

        scene.Quiet(3);
        Assert.Single(scene.Model.Calls);
        Assert.Single(scene.All<ConversationEvent.SpeechStarted>());
        Assert.Equal(ResponseStatus.Completed, scene.Single<ConversationEvent.ResponseDone>().Response.Status);
        Assert.Equal(scene.Model.Text, string.Concat(scene.All<ConversationEvent.TextDelta>().Select(d => d.Delta)));
    }

    [Fact]
    public void Thinking_reply_is_set_aside_when_words_come_and_both_utterances_are_answered()
    {
        using var scene = new Scene();
        scene.Transcriber.Texts.Enqueue("I need a table");
        scene.Transcriber.Texts.Enqueue("for two people");
        Thinking(scene);
        scene.Speak(0.3);
        scene.Transcriber.Streams[0].Partial("for two");
        scene.Speak(0.4);
        Assert.Equal(ResponseStatus.Cancelled, scene.Single<ConversationEvent.ResponseDone>().Response.Status);
        scene.Quiet(4);

        Assert.Equal(["I need a table", "for two people"], scene.Model.Calls[1].Where(m => m.Role == ChatRole.User).Select(m => m.Text));
        Assert.DoesNotContain(scene.Model.Calls[1], m => m.Role == ChatRole.Assistant);
    }

    [Fact]
    public void Thinking_reply_is_not_held_for_longer_than_the_limit_where_no_transcript_comes()
    {
        using var scene = new Scene();
        Thinking(scene);
        scene.Transcriber.Silent = true;
        scene.Speak(0.3);
        scene.Quiet(2.2);
        Assert.Empty(scene.All<ConversationEvent.AudioDelta>());

        scene.Quiet(0.5);
        Assert.NotEmpty(scene.All<ConversationEvent.AudioDelta>());
    }

    [Theory]
    [InlineData(1, ResponseStatus.Completed)]
    [InlineData(3, ResponseStatus.Cancelled)]
    public void Suspended_reply_goes_on_where_it_stopped_after_a_false_interruption(int length, ResponseStatus first)
    {
        var text = string.Join(' ', Enumerable.Repeat(Long, length));
        using var scene = Audible(text);
        scene.Transcriber.Texts.Enqueue("");
        scene.Speak(0.8);
        Assert.Equal(first, scene.Single<ConversationEvent.ResponseDone>().Response.Status);
        scene.Quiet(12);

        var responses = scene.All<ConversationEvent.ResponseDone>();
        Assert.Equal([first, ResponseStatus.Completed], responses.Select(r => r.Response.Status));
        Assert.Single(scene.Model.Calls);
        // As one reply on the record, each word once, and told to the client once.
        Assert.Equal(text, scene.Single<ConversationEvent.TurnRecorded>().Turn.Reply);
        Assert.Equal(text, scene.Single<ConversationEvent.TurnAnswered>().Turn.Reply);
        // The second item holds the words that were not heard.
        var rest = responses[1].Response.Output[0].Text;
        Assert.EndsWith(rest, text, StringComparison.Ordinal);
        Assert.NotEqual(text, rest);
    }

    [Fact]
    public void Suspended_reply_is_one_message_for_the_model_and_the_cough_is_none()
    {
        using var scene = Audible(Long);
        scene.Transcriber.Texts.Enqueue("mm hmm");
        scene.Transcriber.Texts.Enqueue("and on holidays");
        scene.Speak(0.8);
        scene.Quiet(8);
        scene.Speak(1);
        scene.Quiet(3);

        Assert.Equal(
            [ChatRole.System, ChatRole.User, ChatRole.Assistant, ChatRole.User],
            scene.Model.Calls[1].Select(m => m.Role));
        Assert.Equal(Long, scene.Model.Calls[1][2].Text);
        Assert.Equal("and on holidays", scene.Model.Calls[1][3].Text);
    }

    [Fact]
    public void Suspended_audio_is_sent_again_from_where_playback_stopped_and_placed_where_it_plays()
    {
        using var scene = Audible(Long);
        scene.Transcriber.Texts.Enqueue("");
        scene.Speak(0.8);
        scene.Quiet(8);

        var cut = scene.Single<ConversationEvent.PlaybackCut>().At;
        var audio = scene.All<ConversationEvent.AudioDelta>();
        var first = audio.TakeWhile(a => a.ResponseId == audio[0].ResponseId).ToArray();
        var second = audio.Skip(first.Length).ToArray();
        var heard = cut - first[0].At!.Value;
        var total = TimeSpan.FromMilliseconds(100 * Long.Split(' ').Length);
        Assert.Equal((total - heard).TotalSeconds, second.Sum(a => Pcm16.Duration(a.Pcm.Length, ISpeechSynthesizer.SampleRate).TotalSeconds), 2);
        Assert.True(second[0].At > cut);
        Assert.All(second.Zip(second.Skip(1)), pair => Assert.True(pair.First.At < pair.Second.At));
    }

    [Fact]
    public void Suspended_reply_that_is_interrupted_again_goes_on_again()
    {
        using var scene = Audible(Long);
        scene.Transcriber.Texts.Enqueue("");
        scene.Transcriber.Texts.Enqueue("okay");
        scene.Speak(0.8);
        scene.Quiet(1);
        scene.Speak(0.8);
        scene.Quiet(8);

        Assert.Equal(3, scene.All<ConversationEvent.ResponseDone>().Count);
        Assert.Equal(Long, scene.Single<ConversationEvent.TurnRecorded>().Turn.Reply);
        Assert.Single(scene.Model.Calls);
    }

    [Fact]
    public void Suspended_reply_that_was_given_up_is_synthesised_again()
    {
        using var scene = Audible(string.Concat(Enumerable.Repeat(Long + " ", 4)).Trim());
        scene.Transcriber.Texts.Enqueue("");
        scene.Speak(11.5);
        Assert.Equal(0, scene.Speech.Running);
        scene.Quiet(20);

        Assert.Equal(ResponseStatus.Completed, scene.All<ConversationEvent.ResponseDone>()[^1].Response.Status);
        Assert.Equal(scene.Model.Text, scene.Single<ConversationEvent.TurnRecorded>().Turn.Reply);
    }

    [Fact]
    public void Suspended_reply_is_dropped_by_words()
    {
        using var scene = Audible();
        scene.Transcriber.Texts.Enqueue("thank you");
        scene.Speak(0.8);
        Assert.Empty(scene.All<ConversationEvent.TurnAnswered>());
        scene.Quiet(1.5);

        var turns = scene.All<ConversationEvent.TurnAnswered>();
        Assert.NotEqual(Longer, turns[0].Turn.Reply);
        Assert.StartsWith(turns[0].Turn.Reply, Longer, StringComparison.Ordinal);
        Assert.Equal(2, scene.Model.Calls.Count);
    }

    [Fact]
    public void Announcements_that_waited_are_said_after_a_resumed_reply()
    {
        using var scene = Audible(Long);
        scene.Conversation.Say("The line is recorded.");
        scene.Transcriber.Texts.Enqueue("");
        scene.Speak(0.8);
        scene.Quiet(8);

        Assert.Equal("The line is recorded.", scene.All<ConversationEvent.ResponseDone>()[^1].Response.Output[0].Text);
    }

    [Fact]
    public void Policy_can_wait_for_words_however_long_the_voice()
    {
        using var scene = new Scene(settings: new ConversationSettings
        {
            TurnDetection = new TurnDetection { WhileSpeaking = new InterruptionPolicy { MinimumVoice = null } },
        });
        scene.Model.Text = Longer;
        scene.Speak(1);
        scene.Quiet(1.1);
        scene.Speak(2);
        Assert.Empty(scene.All<ConversationEvent.PlaybackCut>());

        scene.Transcriber.Streams[0].Partial("please stop");
        scene.Run();
        Assert.Single(scene.All<ConversationEvent.PlaybackCut>());
    }

    [Fact]
    public void Committing_a_candidate_makes_it_a_turn()
    {
        using var scene = Audible();
        scene.Transcriber.Texts.Enqueue("okay");
        scene.Speak(0.3);
        scene.Conversation.CommitAudio(null);
        scene.Run();

        Assert.Equal(2, scene.All<ConversationEvent.InputCommitted>().Count);
        Assert.Equal(ResponseStatus.Cancelled, scene.Single<ConversationEvent.ResponseDone>().Response.Status);
    }

    /// <summary>A reply has begun to be heard; two seconds have passed.</summary>
    private static Scene Audible(string? text = null)
    {
        var scene = new Scene();
        scene.Model.Text = text ?? Longer;
        scene.Transcriber.Texts.Enqueue("when are you open");
        scene.Speak(1);
        scene.Quiet(1);
        Assert.NotEmpty(scene.All<ConversationEvent.AudioDelta>());
        return scene;
    }

    /// <summary>The reply is being made, and no audio of it was sent.</summary>
    private static void Thinking(Scene scene)
    {
        scene.Speak(1);
        scene.Quiet(0.5);
        Assert.NotEmpty(scene.All<ConversationEvent.ResponseCreated>());
        Assert.Empty(scene.All<ConversationEvent.AudioDelta>());
    }
}
