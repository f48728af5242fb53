using Voice.Core.Conversations;

namespace Voice.Core.Tests.Conversations;

/// <summary>Spoken to, answered in writing.</summary>
public sealed class TextSessionTests
{
    [Fact]
    public void A_turn_that_waits_is_answered_when_what_was_said_after_it_could_not_be_transcribed()
    {
        using var scene = new Scene(settings: new ConversationSettings { Audio = false });
        scene.Transcriber.Takes = TimeSpan.FromMilliseconds(400);
        scene.Transcriber.Texts.Enqueue("when are you open");
        scene.Transcriber.Texts.Enqueue(null);
        scene.Speak(1);
        scene.Quiet(0.44);
        Assert.Single(scene.Transcriber.Streams[0].Commits);
        // Goes on before the words are there.
        scene.Speak(0.5);
        Assert.Single(scene.All<ConversationEvent.TranscriptCompleted>());
        Assert.Empty(scene.All<ConversationEvent.ResponseCreated>());
        scene.Quiet(3);

        Assert.Single(scene.All<ConversationEvent.TranscriptFailed>());
        Assert.Equal(scene.Model.Text, scene.All<ConversationEvent.TurnAnswered>().Single(answered => answered.Turn.Transcript == "when are you open").Turn.Reply);
    }
}
