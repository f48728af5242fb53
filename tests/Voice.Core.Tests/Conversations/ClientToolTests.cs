using Microsoft.Extensions.AI;
using Voice.Core.Conversations;
using Voice.Core.Tools;

namespace Voice.Core.Tests.Conversations;

public sealed class ClientToolTests
{
    [Fact]
    public void A_call_of_the_clients_tool_ends_the_response_and_its_output_continues_the_turn()
    {
        using var scene = new ToolScene();
        scene.Model.Answers.Enqueue(
        [
            new TextContent("One second. "), new ToolCallDelta("call_1", "show", "{\"a\""), new ToolCallDelta("call_1", "show", ":1}"), ToolScene.Call("call_1", "show", """{"a":1}"""),
        ]);
        scene.Ask("show me");
        scene.Scene.Wait(3);

        var kinds = scene.Kinds.Where(kind => kind is not ("AudioDelta" or "Latency")).ToList();
        Assert.Equal(
            [
                "OutputItemDone", "OutputItemAdded", "ItemAdded", "CallDelta", "CallDelta", "CallDone", "ItemDone", "OutputItemDone", "ResponseDone",
            ],
            kinds.SkipWhile(kind => kind != "OutputItemDone"));
        Assert.Equal(ItemStatus.InProgress, scene.Scene.All<ConversationEvent.OutputItemAdded>()[1].Item.Status);
        Assert.Equal(["{\"a\"", ":1}"], scene.Scene.All<ConversationEvent.CallDelta>().Select(e => e.Delta));
        Assert.Equal(("call_1", "show", """{"a":1}"""), Values(scene.Scene.Single<ConversationEvent.CallDone>()));
        Assert.Equal(ResponseStatus.Completed, scene.Scene.Single<ConversationEvent.ResponseDone>().Response.Status);
        Assert.Empty(scene.Scene.All<ConversationEvent.TurnAnswered>());

        scene.Create(new ConversationItem.FunctionCallOutput(string.Empty, "call_1", "shown"));
        scene.Model.Text = "Here it is.";
        scene.Respond();
        scene.Scene.Wait(4);

        var asked = scene.Model.Calls[1];
        Assert.Equal([ChatRole.System, ChatRole.User, ChatRole.Assistant, ChatRole.Tool], asked.Select(m => m.Role));
        Assert.Equal("shown", Assert.IsType<FunctionResultContent>(asked[3].Contents[0]).Result);
        var turn = scene.Scene.Single<ConversationEvent.TurnRecorded>().Turn;
        Assert.Equal(("show me", "One second. Here it is."), (turn.Transcript, turn.Reply));
        Assert.Single(scene.Scene.All<ConversationEvent.TurnAnswered>());
    }

    [Fact]
    public void A_model_that_does_not_show_its_writing_gives_its_arguments_in_one_delta()
    {
        using var scene = new ToolScene();
        scene.Model.Answers.Enqueue([new FunctionCallContent("call_1", "show", new Dictionary<string, object?> { ["a"] = 1 }), ToolScene.Call("call_2", "show", "{}")]);
        scene.Ask();
        scene.Scene.Wait(1);

        Assert.Equal(["""{"a":1}""", "{}"], scene.Scene.All<ConversationEvent.CallDelta>().Select(e => e.Delta));
        Assert.Equal(["call_1", "call_2"], scene.Scene.All<ConversationEvent.CallDone>().Select(e => e.CallId));
        Assert.Equal([0, 1], scene.Scene.All<ConversationEvent.CallDone>().Select(e => e.OutputIndex));
    }

    [Fact]
    public void A_result_that_comes_after_the_user_spoke_again_still_stands_behind_its_call()
    {
        using var scene = new ToolScene();
        scene.Model.Answers.Enqueue([ToolScene.Call("call_1", "show")]);
        scene.Ask();
        scene.Scene.Wait(1);
        scene.Ask("are you there?");
        scene.Scene.Wait(4);

        Assert.Equal("The result is not there yet.", scene.Model.Calls[1].SelectMany(m => m.Contents).OfType<FunctionResultContent>().Single().Result);
        scene.Create(new ConversationItem.FunctionCallOutput(string.Empty, "call_1", "shown"));
        scene.Respond();
        scene.Scene.Wait(4);

        Assert.Equal(
            [ChatRole.System, ChatRole.User, ChatRole.Assistant, ChatRole.Tool, ChatRole.User, ChatRole.Assistant],
            scene.Model.Calls[2].Select(m => m.Role));
        Assert.Equal("shown", scene.Model.Calls[2].SelectMany(m => m.Contents).OfType<FunctionResultContent>().Single().Result);
        Assert.Equal(["book me in on Monday", "are you there?"], scene.Scene.All<ConversationEvent.TurnRecorded>().Select(e => e.Turn.Transcript));
    }

    [Fact]
    public void Calls_of_the_clients_and_the_agents_tools_at_once_run_the_agents_and_leave_the_rest_to_the_client()
    {
        using var scene = new ToolScene();
        scene.Model.Answers.Enqueue([ToolScene.Call("call_1", "hours"), ToolScene.Call("call_2", "show")]);
        scene.Ask();
        scene.Scene.Wait(2);

        Assert.Single(scene.Tools.Calls);
        Assert.Single(scene.Model.Calls);
        var output = scene.Scene.Single<ConversationEvent.ResponseDone>().Response.Output;
        Assert.Single(output.OfType<ConversationItem.FunctionCall>());
        Assert.Equal("hours {}", output.OfType<ConversationItem.ServerToolCall>().Single().Output);
    }

    [Fact]
    public void Tools_are_the_sessions_unless_the_response_has_its_own()
    {
        using var scene = new ToolScene();
        scene.Ask(request: new ResponseRequest { Tools = [ToolScene.Tool("other")], ParallelToolCalls = false });
        scene.Scene.Wait(4);
        scene.Ask(request: new ResponseRequest { ToolChoice = ToolChoice.None });
        scene.Scene.Wait(2);

        Assert.Equal(["book", "hours", "other"], scene.Model.Options[0]!.Tools!.Select(tool => tool.Name));
        Assert.False(scene.Model.Options[0]!.AllowMultipleToolCalls);
        Assert.Equal(["book", "hours", "show"], scene.Model.Options[1]!.Tools!.Select(tool => tool.Name));
        Assert.Equal(ChatToolMode.None, scene.Model.Options[1]!.ToolMode);
    }

    [Theory]
    [InlineData(ToolChoiceKind.None, true, 0)]
    [InlineData(ToolChoiceKind.Auto, false, 1)]
    public void A_model_that_calls_more_than_it_may_is_held_to_it(ToolChoiceKind choice, bool parallel, int calls)
    {
        using var scene = new ToolScene();
        scene.Model.Answers.Enqueue([new TextContent("Well. "), ToolScene.Call("call_1", "show"), new ToolCallDelta("call_2", "show", "{}"), ToolScene.Call("call_2", "show")]);
        scene.Ask(request: new ResponseRequest { ToolChoice = new ToolChoice(choice), ParallelToolCalls = parallel });
        scene.Scene.Wait(2);

        Assert.Equal(calls, scene.Scene.Single<ConversationEvent.ResponseDone>().Response.Output.OfType<ConversationItem.FunctionCall>().Count());
    }

    [Fact]
    public void A_choice_of_a_tool_that_is_not_there_is_refused()
    {
        using var scene = new ToolScene();
        scene.Ask(request: new ResponseRequest(ClientEventId: "ev_1") { ToolChoice = new ToolChoice(ToolChoiceKind.Function, "fly") });

        var error = scene.Scene.Single<ConversationEvent.Error>();
        Assert.Equal(("invalid_value", "response.tool_choice", "ev_1"), (error.Code, error.Param, error.ClientEventId));
        Assert.Empty(scene.Model.Calls);
    }

    private static (string, string, string) Values(ConversationEvent.CallDone done) => (done.CallId, done.Name, done.Arguments);
}
