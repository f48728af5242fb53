using Voice.Core.Conversations;

namespace Voice.Core.Tests.Conversations;

/// <summary>The client says how much of a reply was heard.</summary>
public sealed class TruncateTests
{
    [Fact]
    public void Any_reply_can_be_cut_however_many_came_after_it()
    {
        using var scene = Replies(12);
        foreach (var reply in (int[])[0, 5, 11])
        {
            scene.Scene.Conversation.TruncateItem(Item(scene, reply), 0, TimeSpan.FromMilliseconds(300), null);
            scene.Scene.Conversation.RetrieveItem(Item(scene, reply), null);
            scene.Scene.Run();

            var cut = Assert.IsType<ConversationItem.Message>(scene.Scene.All<ConversationEvent.ItemRetrieved>()[^1].Item);
            Assert.Equal(($"Answer {reply} is", ItemStatus.Incomplete), (cut.Text, cut.Status));
        }

        Assert.Equal(3, scene.Scene.All<ConversationEvent.ItemTruncated>().Count);
        // For the model too.
        scene.Ask("and now?");
        scene.Scene.Wait(2);
        Assert.Contains("Answer 0 is", scene.Model.Calls[^1].Select(message => message.Text));
    }

    [Fact]
    public void Of_an_old_reply_too_no_more_can_have_been_heard_than_there_was()
    {
        using var scene = Replies(10);
        scene.Scene.Conversation.TruncateItem(Item(scene, 0), 0, TimeSpan.FromSeconds(3), "ev_1");
        scene.Scene.Conversation.TruncateItem(Item(scene, 0), 1, TimeSpan.Zero, "ev_2");
        scene.Scene.Run();

        Assert.Equal(
            [("invalid_value", "audio_end_ms", "Audio content of 600ms is already shorter than 3000ms"), ("invalid_value", "content_index", "The message has one content part, at index 0, and none at 1.")],
            scene.Scene.All<ConversationEvent.Error>().Select(e => (e.Code, e.Param!, e.Message)));
        Assert.Empty(scene.Scene.All<ConversationEvent.ItemTruncated>());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_no_audio_of_the_assistants_cannot_be_cut(bool old)
    {
        using var scene = new ToolScene();
        scene.Ask(request: new ResponseRequest(Audio: false));
        scene.Scene.Wait(3);
        var text = Item(scene, 0);
        for (var more = 0; old && more < 9; more++)
        {
            scene.Ask();
            scene.Scene.Wait(4);
        }

        scene.Scene.Conversation.TruncateItem(text, 0, TimeSpan.Zero, "ev_1");
        scene.Scene.Conversation.TruncateItem(scene.Scene.All<ConversationEvent.ItemAdded>()[0].Item.Id, 0, TimeSpan.Zero, "ev_2");
        scene.Scene.Run();

        Assert.Equal(
            [("unsupported_content_type", "item_id", "ev_1"), ("unsupported_content_type", "item_id", "ev_2")],
            scene.Scene.All<ConversationEvent.Error>().Select(e => (e.Code, e.Param!, e.ClientEventId!)));
    }

    [Fact]
    public void Cutting_a_reply_takes_nothing_of_the_next_from_the_recording()
    {
        using var scene = Replies(2);
        scene.Scene.Conversation.TruncateItem(Item(scene, 0), 0, TimeSpan.FromMilliseconds(300), null);
        scene.Scene.Run();
        Assert.Empty(scene.Scene.All<ConversationEvent.PlaybackCut>());

        scene.Scene.Conversation.TruncateItem(Item(scene, 1), 0, TimeSpan.FromMilliseconds(300), null);
        scene.Scene.Run();
        Assert.Single(scene.Scene.All<ConversationEvent.PlaybackCut>());
    }

    /// <summary>Six words each, 600 ms long.</summary>
    private static ToolScene Replies(int count)
    {
        var scene = new ToolScene();
        for (var reply = 0; reply < count; reply++)
        {
            scene.Model.Text = $"Answer {reply} is as always yes.";
            scene.Ask();
            scene.Scene.Wait(2);
        }

        return scene;
    }

    private static string Item(ToolScene scene, int reply) => scene.Scene.All<ConversationEvent.OutputItemAdded>()[reply].Item.Id;
}
