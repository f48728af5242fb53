using Microsoft.Extensions.AI;
using Voice.Core.Conversations;
using Voice.Core.Providers;

namespace Voice.Core.Tests.Conversations;

public sealed class ResponseTests
{
    [Fact]
    public void A_response_out_of_band_runs_beside_the_reply_and_leaves_no_trace()
    {
        using var scene = new ToolScene();
        scene.Ask("tell me about Monday");
        scene.Respond(new ResponseRequest(Instructions: "Name the topic.", Audio: false, Metadata: new Dictionary<string, string> { ["topic"] = "1" }) { OutOfBand = true });
        scene.Scene.Wait(5);
        scene.Ask("and Tuesday?");
        scene.Scene.Wait(5);

        var beside = scene.Scene.All<ConversationEvent.ResponseDone>().Single(e => e.Response.OutOfBand).Response;
        Assert.Equal((ResponseStatus.Completed, scene.Model.Text), (beside.Status, beside.Output.Single().Text));
        Assert.Equal("1", beside.Metadata!["topic"]);
        Assert.DoesNotContain(scene.Scene.All<ConversationEvent.ItemAdded>(), e => e.Item.Id == beside.Output[0].Id);
        Assert.Contains(scene.Model.Calls, call => call[0].Text.StartsWith("Name the topic.", StringComparison.Ordinal) && call[^1].Text == "tell me about Monday");
        Assert.Equal(2, scene.Scene.All<ConversationEvent.TurnRecorded>().Count);
        Assert.Single(scene.Model.Calls[^1], m => m.Role == ChatRole.Assistant);
    }

    [Fact]
    public void A_spoken_response_out_of_band_is_not_placed_in_the_call_and_does_not_interrupt()
    {
        using var scene = new ToolScene();
        scene.Ask();
        scene.Respond(new ResponseRequest { OutOfBand = true });
        scene.Scene.Wait(5);

        var beside = scene.Scene.All<ConversationEvent.ResponseDone>().Single(e => e.Response.OutOfBand).Response;
        var audio = scene.Scene.All<ConversationEvent.AudioDelta>();
        Assert.All(audio.Where(e => e.ResponseId == beside.Id), e => Assert.Null(e.At));
        Assert.Contains(audio, e => e.ResponseId == beside.Id);
        Assert.All(audio.Where(e => e.ResponseId != beside.Id), e => Assert.NotNull(e.At));
        Assert.All(scene.Scene.All<ConversationEvent.ResponseDone>(), e => Assert.Equal(ResponseStatus.Completed, e.Response.Status));
    }

    [Fact]
    public void Only_so_many_run_beside_the_conversation_and_each_is_cancelled_by_its_id()
    {
        using var scene = new ToolScene();
        for (var i = 0; i < 5; i++)
        {
            scene.Respond(new ResponseRequest(ClientEventId: $"ev_{i}", Audio: false) { OutOfBand = true });
        }

        var error = scene.Scene.Single<ConversationEvent.Error>();
        Assert.Equal(("too_many_responses", "ev_4"), (error.Code, error.ClientEventId));
        var created = scene.Scene.All<ConversationEvent.ResponseCreated>();
        scene.Scene.Conversation.CancelResponse(created[2].Response.Id, "ev_cancel");
        scene.Scene.Wait(3);

        var done = scene.Scene.All<ConversationEvent.ResponseDone>();
        Assert.Equal(4, done.Count);
        Assert.Equal([created[2].Response.Id], done.Where(e => e.Response.Status == ResponseStatus.Cancelled).Select(e => e.Response.Id));
        scene.Scene.Conversation.CancelResponse(null, "ev_none");
        scene.Scene.Run();
        Assert.Equal("response_cancel_not_active", scene.Scene.All<ConversationEvent.Error>()[^1].Code);
    }

    [Fact]
    public void Input_stands_in_place_of_the_conversation()
    {
        using var scene = new ToolScene();
        scene.Create(Message("item_a", "the first thing"));
        scene.Create(Message("item_b", "the second thing"));
        scene.Respond(new ResponseRequest(Audio: false)
        {
            OutOfBand = true, Input = [new ResponseInput(null, "item_a"), new ResponseInput(Message("", "what is this about?"), null)],
        });
        scene.Scene.Wait(2);
        scene.Respond(new ResponseRequest(ClientEventId: "ev_x") { OutOfBand = true, Input = [new ResponseInput(null, "item_nope")] });

        Assert.Equal(["the first thing", "what is this about?"], scene.Model.Calls[0].Skip(1).Select(m => m.Text));
        var error = scene.Scene.Single<ConversationEvent.Error>();
        Assert.Equal(("item_not_found", "response.input[0].id", "ev_x"), (error.Code, error.Param, error.ClientEventId));
    }

    [Fact]
    public void Text_ends_where_its_tokens_do()
    {
        using var scene = new ToolScene();
        scene.Ask(request: new ResponseRequest(Audio: false) { MaxOutputTokens = 9 });
        scene.Scene.Wait(3);

        var done = scene.Scene.Single<ConversationEvent.ResponseDone>().Response;
        Assert.Equal((ResponseStatus.Incomplete, "max_output_tokens", 9), (done.Status, done.End?.Reason, done.MaxOutputTokens));
        Assert.Equal("We are open from nine to five. On", done.Output.Single().Text);
        Assert.InRange(done.Usage.OutputTextTokens, 8, 9);
        Assert.Equal(ItemStatus.Incomplete, done.Output[0].Status);
        Assert.Equal(9, scene.Model.Options[0]!.MaxOutputTokens);
    }

    [Fact]
    public void Speech_ends_where_its_tokens_do()
    {
        using var scene = new ToolScene(new ConversationSettings { MaxOutputTokens = 20 });
        scene.Ask();
        scene.Scene.Wait(5);

        // The first clause is 8 tokens of text, and 0.6 s are the 12 of audio that are left.
        var done = scene.Scene.Single<ConversationEvent.ResponseDone>().Response;
        Assert.Equal((ResponseStatus.Incomplete, "max_output_tokens"), (done.Status, done.End?.Reason));
        Assert.Equal((8, 12), (done.Usage.OutputTextTokens, done.Usage.OutputAudioTokens));
        // Less was said than the delta promised: what is kept are the words of the audio there is.
        Assert.Equal("We are open from nine to five.", scene.Scene.All<ConversationEvent.TextDelta>()[0].Delta);
        var said = done.Output.Single().Text;
        Assert.InRange(said.Split(' ').Length, 1, 5);
        Assert.StartsWith(said, "We are open from nine to five.", StringComparison.Ordinal);
        Assert.Equal(said, scene.Scene.Single<ConversationEvent.TextDone>().Text);
        Assert.Equal(said, scene.Scene.Single<ConversationEvent.TurnAnswered>().Turn.Reply);
        scene.Scene.Conversation.RetrieveItem(done.Output[0].Id, null);
        scene.Scene.Run();
        Assert.Equal(said, scene.Scene.Single<ConversationEvent.ItemRetrieved>().Item.Text);
        Assert.Equal(28_800, scene.Scene.All<ConversationEvent.AudioDelta>().Sum(e => e.Pcm.Length));
        Assert.Equal(0, scene.Scene.Speech.Running);
    }

    [Fact]
    public void A_model_that_was_cut_off_leaves_an_incomplete_response()
    {
        using var scene = new ToolScene();
        scene.Model.FinishReason = ChatFinishReason.Length;
        scene.Ask();
        scene.Scene.Wait(6);

        var done = scene.Scene.Single<ConversationEvent.ResponseDone>().Response;
        Assert.Equal((ResponseStatus.Incomplete, "max_output_tokens", scene.Model.Text), (done.Status, done.End?.Reason, done.Output.Single().Text));
    }

    [Fact]
    public void A_failure_beside_the_conversation_is_told_and_nobody_apologises_aloud()
    {
        using var scene = new ToolScene();
        scene.Model.Failure = new ProviderException("provider_rejected", "no");
        scene.Model.FailAfter = 0;
        scene.Respond(new ResponseRequest(ClientEventId: "ev_1") { OutOfBand = true });
        scene.Scene.Wait(8);

        Assert.Equal(("server_error", "ev_1"), (scene.Scene.Single<ConversationEvent.Error>().Type, scene.Scene.Single<ConversationEvent.Error>().ClientEventId));
        var done = scene.Scene.Single<ConversationEvent.ResponseDone>().Response;
        Assert.Equal((ResponseStatus.Failed, 0), (done.Status, done.Output.Count));
        Assert.Empty(scene.Scene.Speech.Requests);
    }

    [Fact]
    public void Each_message_of_a_response_is_cut_where_it_was_heard()
    {
        using var scene = new ToolScene();
        scene.Model.Answers.Enqueue([new TextContent("Let me look that up now. "), ToolScene.Call("call_1", "hours")]);
        scene.Ask();
        scene.Scene.Wait(2);
        var (first, second) = (Item(0), Item(2));

        // 600 ms are the first message; of the second 300 ms were heard, three words of the first clause.
        scene.Scene.Conversation.TruncateItem(second, 0, TimeSpan.FromMilliseconds(300), "ev_1");
        scene.Scene.Conversation.RetrieveItem(first, null);
        scene.Scene.Conversation.RetrieveItem(second, null);
        scene.Scene.Conversation.TruncateItem(Item(1), 0, TimeSpan.Zero, "ev_2");
        scene.Scene.Conversation.TruncateItem(first, 0, TimeSpan.FromSeconds(5), "ev_3");
        scene.Scene.Run();

        Assert.Equal(["Let me look that up now.", "We are open"], scene.Scene.All<ConversationEvent.ItemRetrieved>().Select(e => e.Item.Text));
        Assert.Equal(["ev_2", "ev_3"], scene.Scene.All<ConversationEvent.Error>().Select(e => e.ClientEventId));

        string Item(int index) => scene.Scene.All<ConversationEvent.OutputItemAdded>().Single(e => e.OutputIndex == index).Item.Id;
    }

    private static ConversationItem.Message Message(string id, string text) =>
        new(id, ItemRole.User, ItemStatus.Completed, [new ItemContent(ItemContentKind.InputText, text)]);
}
