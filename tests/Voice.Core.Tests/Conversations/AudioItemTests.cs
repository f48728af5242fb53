using Microsoft.Extensions.AI;
using Voice.Core.Conversations;

namespace Voice.Core.Tests.Conversations;

public sealed class AudioItemTests
{
    [Fact]
    public void Audio_in_an_item_is_written_down_and_the_response_waits_for_it()
    {
        using var scene = new Scene();
        scene.Transcriber.Texts.Enqueue("what is this");
        scene.Conversation.CreateItem(Item("item_a", new ItemContent(ItemContentKind.InputText, "Listen:"), new ItemContent(ItemContentKind.InputAudio, null)), null, null, Audio(2));
        scene.Conversation.CreateResponse(new ResponseRequest());
        scene.Conversation.CreateResponse(new ResponseRequest(ClientEventId: "ev_2"));
        scene.Run();
        Assert.Empty(scene.All<ConversationEvent.ResponseCreated>());
        scene.Wait(4);

        var completed = scene.Single<ConversationEvent.TranscriptCompleted>();
        Assert.Equal(("item_a", "what is this", 1, 2.0), (completed.ItemId, completed.Text, completed.ContentIndex, completed.Duration.TotalSeconds));
        Assert.Equal("Listen: what is this", scene.Model.Calls.Single().Last(m => m.Role == ChatRole.User).Text);
        Assert.Equal("ev_2", scene.Single<ConversationEvent.Error>().ClientEventId);
        Assert.Equal("Listen: what is this", scene.Single<ConversationEvent.TurnAnswered>().Turn.Transcript);
        // A stream of its own, which got all of it and is gone.
        Assert.Equal((64_000, true), (scene.Transcriber.Streams[1].Bytes, scene.Transcriber.Streams[1].Disposed));
        Assert.Null(((ConversationItem.Message)scene.All<ConversationEvent.ItemAdded>()[0].Item).Content[1].Text);
        scene.Conversation.RetrieveItem("item_a", null);
        scene.Run();
        Assert.Equal("what is this", ((ConversationItem.Message)scene.Single<ConversationEvent.ItemRetrieved>().Item).Content[1].Text);
    }

    [Fact]
    public void Without_a_request_nothing_is_answered()
    {
        using var scene = new Scene();
        scene.Conversation.CreateItem(Item("item_a", new ItemContent(ItemContentKind.InputAudio, null)), null, null, Audio(1));
        scene.Wait(2);

        Assert.Single(scene.All<ConversationEvent.TranscriptCompleted>());
        Assert.Empty(scene.All<ConversationEvent.ResponseCreated>());
    }

    [Fact]
    public void Audio_that_cannot_be_understood_is_told_and_the_user_is_asked_again()
    {
        using var scene = new Scene();
        scene.Transcriber.Texts.Enqueue(null);
        scene.Conversation.CreateItem(Item("item_a", new ItemContent(ItemContentKind.InputAudio, null)), null, null, Audio(1));
        scene.Conversation.CreateResponse(new ResponseRequest());
        scene.Wait(3);

        Assert.Equal("item_a", scene.Single<ConversationEvent.TranscriptFailed>().ItemId);
        Assert.StartsWith("Sorry", scene.Single<ConversationEvent.ResponseDone>().Response.Output.Single().Text, StringComparison.Ordinal);
        Assert.Empty(scene.Model.Calls);
    }

    [Fact]
    public void A_transcriber_that_never_answers_costs_a_bounded_time()
    {
        using var scene = new Scene();
        scene.Transcriber.Silent = true;
        scene.Conversation.CreateItem(Item("item_a", new ItemContent(ItemContentKind.InputAudio, null)), null, null, Audio(1));
        scene.Wait(17);

        Assert.Equal("item_a", scene.Single<ConversationEvent.TranscriptFailed>().ItemId);
        scene.Transcriber.Silent = false;
        scene.Conversation.CreateItem(Item("item_b", new ItemContent(ItemContentKind.InputAudio, null)), null, null, Audio(1));
        scene.Wait(2);
        Assert.Equal("item_b", scene.Single<ConversationEvent.TranscriptCompleted>().ItemId);
    }

    [Theory]
    [InlineData(0.05, "invalid_audio")]
    [InlineData(121, "audio_too_large")]
    public void Audio_that_is_too_short_or_too_long_is_refused(double seconds, string code)
    {
        using var scene = new Scene();
        scene.Conversation.CreateItem(Item("item_a", new ItemContent(ItemContentKind.InputAudio, null)), null, "ev_1", Audio(seconds));
        scene.Run();

        var error = scene.Single<ConversationEvent.Error>();
        Assert.Equal((code, "item.content[0].audio", "ev_1"), (error.Code, error.Param, error.ClientEventId));
        Assert.Empty(scene.All<ConversationEvent.ItemAdded>());
    }

    [Fact]
    public void Several_are_written_down_one_after_the_other()
    {
        using var scene = new Scene();
        scene.Transcriber.Texts.Enqueue("one");
        scene.Transcriber.Texts.Enqueue("two");
        scene.Conversation.CreateItem(Item("item_a", new ItemContent(ItemContentKind.InputAudio, null)), null, null, Audio(1));
        scene.Conversation.CreateItem(Item("item_b", new ItemContent(ItemContentKind.InputAudio, null)), null, null, Audio(1));
        scene.Conversation.CreateResponse(new ResponseRequest());
        scene.Wait(3);

        Assert.Equal(["one", "two"], scene.Model.Calls.Single().Where(m => m.Role == ChatRole.User).Select(m => m.Text));
    }

    private static byte[] Audio(double seconds) => new byte[(int)(seconds * 16_000) * 2];

    private static ConversationItem.Message Item(string id, params ItemContent[] content) => new(id, ItemRole.User, ItemStatus.Completed, content);
}
