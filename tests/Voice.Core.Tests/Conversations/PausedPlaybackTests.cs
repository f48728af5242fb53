using Microsoft.Extensions.AI;
using Voice.Core.Conversations;

namespace Voice.Core.Tests.Conversations;

/// <summary>A client whose connection is lost hears nothing of what is made meanwhile.</summary>
public sealed class PausedPlaybackTests
{
    [Fact]
    public void What_was_made_while_the_client_was_away_was_not_heard()
    {
        using var scene = new Scene();
        scene.Transcriber.Texts.Enqueue("when are you open");
        scene.Transcriber.Texts.Enqueue("thank you");
        scene.Speak(1);
        scene.Quiet(0.3);
        scene.Conversation.PausePlayback();
        scene.Quiet(10);
        Assert.Equal(ResponseStatus.Completed, scene.Single<ConversationEvent.ResponseDone>().Response.Status);
        scene.Conversation.ContinuePlayback();
        scene.Quiet(0.4);
        scene.Speak(0.8);
        scene.Quiet(2);

        var said = Assert.Single(scene.Model.Calls[1], m => m.Role == ChatRole.Assistant).Text;
        Assert.StartsWith(said, scene.Model.Text, StringComparison.Ordinal);
        Assert.InRange(said.Split(' ').Length, 3, 14);
    }

    [Fact]
    public void A_reply_is_made_as_far_ahead_of_a_client_that_is_away_as_of_one_that_is_there()
    {
        using var scene = new Scene();
        scene.Model.Text = string.Concat(Enumerable.Repeat("We are open all day. ", 60));
        scene.Speak(1);
        scene.Quiet(1);
        var had = scene.All<ConversationEvent.AudioDelta>().Count;
        scene.Conversation.PausePlayback();
        scene.Quiet(30);
        var sent = scene.All<ConversationEvent.AudioDelta>().Count;
        scene.Quiet(5);

        Assert.Equal(sent, scene.All<ConversationEvent.AudioDelta>().Count);
        Assert.InRange((sent - had) * 0.1, 9.8, 10.1);

        scene.Conversation.ContinuePlayback();
        scene.Quiet(25);
        Assert.Equal(ResponseStatus.Completed, scene.Single<ConversationEvent.ResponseDone>().Response.Status);
    }
}
