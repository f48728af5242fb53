using Voice.Core.Conversations;

namespace Voice.Core.Tests.Conversations;

/// <summary>A transcriber is behind: what it understands late is about the utterance before, and not about the one that grows.</summary>
public sealed class LatePartialTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Words_of_the_utterance_before_do_not_interrupt_for_the_next(bool named)
    {
        using var scene = Audible();
        scene.Transcriber.Silent = true;
        scene.Speak(0.3);
        scene.Quiet(0.5);
        Assert.Equal(2, scene.Transcriber.Streams[0].Commits.Count);
        scene.Speak(0.3);
        Late(scene, "no stop", named);
        scene.Run();
        Assert.Single(scene.All<ConversationEvent.SpeechStarted>());
        Assert.Empty(scene.All<ConversationEvent.ResponseDone>());

        // What is about the one that grows does, where its engine says so.
        scene.Transcriber.Streams[0].Partial("stop");
        scene.Run();
        Assert.Equal("turn_detected", scene.Single<ConversationEvent.ResponseDone>().Response.End?.Reason);
    }

    [Fact]
    public void Words_of_the_utterance_before_are_no_reason_to_begin_a_reply_to_the_next()
    {
        using var scene = new Scene(settings: new ConversationSettings { TurnDetection = new() { CreateResponse = true } });
        scene.Transcriber.Silent = true;
        scene.Speak(1);
        scene.Quiet(0.5);
        Assert.Single(scene.Transcriber.Streams[0].Commits);
        scene.Speak(1);
        Late(scene, "when are you open", named: true);
        scene.Quiet(0.35);

        Assert.Empty(scene.All<ConversationEvent.TranscriptPartial>());
        Assert.Empty(scene.Model.Calls);
    }

    [Fact]
    public void Words_of_what_was_cleared_are_nobodys()
    {
        using var scene = new Scene();
        scene.Speak(1);
        scene.Conversation.ClearAudio();
        scene.Speak(0.5);
        Late(scene, "forget this", named: true);
        scene.Run();

        Assert.Empty(scene.All<ConversationEvent.TranscriptPartial>());
    }

    [Fact]
    public void A_stream_that_takes_over_counts_what_it_was_sent_again()
    {
        using var scene = new Scene();
        scene.Transcriber.Silent = true;
        scene.Speak(1);
        scene.Quiet(1);
        scene.Transcriber.Streams[0].Break();
        scene.Wait(1);
        Assert.Single(scene.Transcriber.Streams[1].Commits);
        scene.Speak(0.5);
        Late(scene, "this is old", named: true);
        scene.Run();
        Assert.Empty(scene.All<ConversationEvent.TranscriptPartial>());
        scene.Transcriber.Streams[1].Partial("this is new");
        scene.Run();

        Assert.Equal("this is new", scene.Single<ConversationEvent.TranscriptPartial>().Text);
    }

    private static void Late(Scene scene, string text, bool named)
    {
        if (named)
        {
            scene.Transcriber.Streams[^1].Partial(text, utterance: scene.Transcriber.Streams[^1].Ended - 1);
        }
        else
        {
            scene.Transcriber.Streams[^1].UnnamedPartial(text);
        }
    }

    private static Scene Audible()
    {
        var scene = new Scene();
        scene.Model.Text = string.Concat(Enumerable.Repeat("We are open from nine to five. On Saturday we are open until noon. ", 12)).Trim();
        scene.Transcriber.Texts.Enqueue("when are you open");
        scene.Speak(1);
        scene.Quiet(1);
        Assert.NotEmpty(scene.All<ConversationEvent.AudioDelta>());
        return scene;
    }
}
