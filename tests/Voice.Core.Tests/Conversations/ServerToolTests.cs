using Microsoft.Extensions.AI;
using Voice.Core.Conversations;
using Voice.Core.Tools;

namespace Voice.Core.Tests.Conversations;

public sealed class ServerToolTests
{
    [Fact]
    public void A_tool_of_the_agents_runs_within_the_response_and_its_result_is_spoken()
    {
        using var scene = new ToolScene();
        scene.Model.Answers.Enqueue([new TextContent("Let me look. "), ToolScene.Call("call_1", "book", """{"day":"Monday"}""")]);
        scene.Model.Text = "You are booked for Monday.";
        scene.Ask();
        scene.Scene.Wait(5);

        string[] expected =
        [
            "ItemAdded", "ItemDone", "ResponseCreated",
            "OutputItemAdded", "ItemAdded", "ContentPartAdded", "TextDelta", "AudioDelta", "Latency", "AudioDone", "TextDone", "ContentPartDone", "ItemDone", "OutputItemDone",
            "OutputItemAdded", "ItemAdded", "ServerCallArguments", "ServerCallStarted", "ServerCallEnded", "ItemDone", "OutputItemDone",
            "OutputItemAdded", "ItemAdded", "ContentPartAdded", "TextDelta", "AudioDelta", "AudioDone", "TextDone", "ContentPartDone", "ItemDone", "OutputItemDone",
            "ResponseDone", "TurnAnswered", "TurnRecorded",
        ];
        Assert.Equal(expected, Distinct(scene.Kinds));
        Assert.Equal([0, 1, 2], scene.Scene.All<ConversationEvent.OutputItemAdded>().Select(e => e.OutputIndex));
        var done = scene.Scene.Single<ConversationEvent.ResponseDone>().Response;
        var call = Assert.IsType<ConversationItem.ServerToolCall>(done.Output[1]);
        Assert.Equal(("book", """book {"day":"Monday"}""", null), (call.Name, call.Output, call.Error));
        Assert.Equal("Let me look. You are booked for Monday.", scene.Scene.Single<ConversationEvent.TurnRecorded>().Turn.Reply);

        var asked = scene.Model.Calls[1];
        Assert.Equal([ChatRole.System, ChatRole.User, ChatRole.Assistant, ChatRole.Tool], asked.Select(m => m.Role));
        Assert.Equal("Let me look. ", asked[2].Text);
        Assert.Equal("call_1", Assert.IsType<FunctionCallContent>(asked[2].Contents[^1]).CallId);
        Assert.Equal("""book {"day":"Monday"}""", Assert.IsType<FunctionResultContent>(asked[3].Contents[0]).Result);
        Assert.Equal(["book", "hours", "show"], scene.Model.Options[0]!.Tools!.Select(tool => tool.Name));
    }

    [Fact]
    public void Calls_of_one_round_run_at_once_and_are_one_message_to_the_model()
    {
        using var scene = new ToolScene();
        scene.Model.Answers.Enqueue([ToolScene.Call("call_1", "book", """{"day":"Monday"}"""), ToolScene.Call("call_2", "hours")]);
        scene.Ask();
        scene.Scene.Wait(3);

        Assert.Equal(2, scene.Tools.MostAtOnce);
        var asked = scene.Model.Calls[1];
        Assert.Equal([ChatRole.System, ChatRole.User, ChatRole.Assistant, ChatRole.Tool, ChatRole.Tool], asked.Select(m => m.Role));
        Assert.Equal(["call_1", "call_2"], asked[2].Contents.Cast<FunctionCallContent>().Select(content => content.CallId));
        Assert.Equal(["call_1", "call_2"], asked.Skip(3).Select(m => ((FunctionResultContent)m.Contents[0]).CallId));
    }

    [Theory]
    [InlineData("book", "{}", "The required argument 'day' is missing.")]
    [InlineData("book", """{"day":7}""", "The argument 'day' must be of type string.")]
    [InlineData("book", "[1]", "The arguments must be a JSON object.")]
    [InlineData("book", "{day", "The arguments are not valid JSON.")]
    [InlineData("fly", "{}", "There is no tool 'fly'.")]
    public void Arguments_that_do_not_fit_are_told_to_the_model_and_the_tool_is_not_run(string name, string arguments, string reason)
    {
        using var scene = new ToolScene();
        scene.Model.Answers.Enqueue([ToolScene.Call("call_1", name, arguments)]);
        scene.Ask();
        scene.Scene.Wait(3);

        Assert.Empty(scene.Tools.Calls);
        Assert.Equal(reason, Assert.IsType<FunctionResultContent>(scene.Model.Calls[1][^1].Contents[0]).Result);
        Assert.Equal(reason, scene.Scene.Single<ConversationEvent.ResponseDone>().Response.Output.OfType<ConversationItem.ServerToolCall>().Single().Error);
        Assert.Equal(scene.Model.Text, scene.Scene.Single<ConversationEvent.TurnAnswered>().Turn.Reply);
    }

    [Fact]
    public void A_tool_that_breaks_gives_the_model_a_result_and_operators_the_reason()
    {
        using var scene = new ToolScene();
        scene.Tools.Failure = new InvalidOperationException("secret detail");
        scene.Model.Answers.Enqueue([ToolScene.Call("call_1", "hours")]);
        scene.Ask();
        scene.Scene.Wait(3);

        Assert.Equal("The tool failed.", Assert.IsType<FunctionResultContent>(scene.Model.Calls[1][^1].Contents[0]).Result);
        Assert.Equal(("tool", scene.Tools.Failure), (scene.Scene.Single<ConversationEvent.Trouble>().Stage, scene.Scene.Single<ConversationEvent.Trouble>().Exception));
        Assert.Equal(ResponseStatus.Completed, scene.Scene.Single<ConversationEvent.ResponseDone>().Response.Status);
    }

    [Fact]
    public void A_tool_that_does_not_answer_in_time_is_given_up_and_the_user_is_answered()
    {
        using var scene = new ToolScene();
        scene.Tools.Takes = TimeSpan.FromSeconds(60);
        scene.Model.Answers.Enqueue([ToolScene.Call("call_1", "book", """{"day":"Monday"}""")]);
        scene.Ask();
        scene.Scene.Wait(2);
        Assert.Equal(1, scene.Tools.Running);
        scene.Scene.Wait(4);

        Assert.Equal(0, scene.Tools.Running);
        Assert.StartsWith("The tool did not answer within 2 s.", (string)Assert.IsType<FunctionResultContent>(scene.Model.Calls[1][^1].Contents[0]).Result!, StringComparison.Ordinal);
        Assert.Equal(ResponseStatus.Completed, scene.Scene.Single<ConversationEvent.ResponseDone>().Response.Status);
    }

    [Theory]
    [InlineData(null, "One moment, please.")]
    [InlineData("Let me see the calendar.", "Let me see the calendar.")]
    public void While_a_tool_is_slow_a_filler_is_spoken_once_and_is_none_of_the_models_words(string? filler, string said)
    {
        using var scene = new ToolScene(filler: filler);
        scene.Tools.Takes = TimeSpan.FromMilliseconds(1_800);
        scene.Model.Answers.Enqueue([ToolScene.Call("call_1", "book", """{"day":"Monday"}""")]);
        scene.Ask();
        scene.Scene.Wait(0.78);
        Assert.Empty(scene.Scene.All<ConversationEvent.TextDelta>());
        scene.Scene.Wait(0.1);
        Assert.Equal(said, scene.Scene.Single<ConversationEvent.TextDelta>().Delta);
        scene.Scene.Wait(6);

        var messages = scene.Scene.Single<ConversationEvent.ResponseDone>().Response.Output.OfType<ConversationItem.Message>().ToList();
        Assert.Equal([(said, true), (scene.Model.Text, false)], messages.Select(m => (m.Text, m.Filler)));
        Assert.Contains(said, scene.Scene.Speech.Requests.Select(r => r.Text));
        scene.Ask("thanks");
        scene.Scene.Wait(3);
        Assert.DoesNotContain(scene.Model.Calls[^1], m => m.Text.Contains(said, StringComparison.Ordinal));
        Assert.Contains(scene.Model.Calls[^1], m => m.Text == scene.Model.Text);
    }

    [Fact]
    public void What_the_model_says_before_a_call_is_filler_enough_while_it_plays()
    {
        using var scene = new ToolScene();
        scene.Tools.Takes = TimeSpan.FromSeconds(1.5);
        scene.Model.Answers.Enqueue([new TextContent("Of course, let me look that up in the calendar. "), ToolScene.Call("call_1", "hours")]);
        scene.Ask();
        scene.Scene.Wait(6);

        Assert.DoesNotContain(scene.Scene.Single<ConversationEvent.ResponseDone>().Response.Output, item => item is ConversationItem.Message { Filler: true });
    }

    [Fact]
    public void A_text_response_has_no_filler()
    {
        using var scene = new ToolScene(new ConversationSettings { Audio = false });
        scene.Tools.Takes = TimeSpan.FromSeconds(1.5);
        scene.Model.Answers.Enqueue([ToolScene.Call("call_1", "hours")]);
        scene.Ask();
        scene.Scene.Wait(4);

        Assert.Equal(scene.Model.Text, string.Concat(scene.Scene.All<ConversationEvent.TextDelta>().Select(e => e.Delta)));
    }

    [Fact]
    public void A_model_that_never_stops_calling_has_to_answer_after_five_rounds()
    {
        using var scene = new ToolScene();
        for (var i = 0; i < 7; i++)
        {
            scene.Model.Answers.Enqueue([ToolScene.Call($"call_{i}", "hours")]);
        }

        scene.Ask();
        scene.Scene.Wait(10);

        Assert.Equal(5, scene.Tools.Calls.Count);
        Assert.Equal(6, scene.Model.Calls.Count);
        Assert.Equal(ChatToolMode.None, scene.Model.Options[5]!.ToolMode);
        // It wrote nothing even then: the apology stands for its answer.
        Assert.Equal(ResponseStatus.Failed, scene.Scene.Single<ConversationEvent.ResponseDone>().Response.Status);
        Assert.Contains("I am sorry", scene.Scene.Single<ConversationEvent.TurnAnswered>().Turn.Reply, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tool_that_had_to_be_called_does_not_have_to_be_called_again()
    {
        using var scene = new ToolScene();
        scene.Model.Answers.Enqueue([ToolScene.Call("call_1", "hours")]);
        scene.Ask(request: new ResponseRequest { ToolChoice = new ToolChoice(ToolChoiceKind.Function, "hours") });
        scene.Scene.Wait(3);

        Assert.Equal(ChatToolMode.RequireSpecific("hours"), scene.Model.Options[0]!.ToolMode);
        Assert.Equal(ChatToolMode.Auto, scene.Model.Options[1]!.ToolMode);
    }

    [Fact]
    public void An_interruption_cancels_the_tool_and_memory_says_so()
    {
        using var scene = new ToolScene();
        scene.Tools.Takes = TimeSpan.FromSeconds(60);
        scene.Model.Answers.Enqueue([ToolScene.Call("call_1", "book", """{"day":"Monday"}""")]);
        scene.Ask();
        scene.Scene.Wait(0.5);
        Assert.Equal(1, scene.Tools.Running);

        scene.Scene.Conversation.CancelResponse(null, null);
        scene.Scene.Wait(0.1);

        Assert.Equal(0, scene.Tools.Running);
        var kinds = Distinct(scene.Kinds).ToList();
        Assert.Equal(["ServerCallEnded", "ItemDone", "OutputItemDone", "ResponseDone"], kinds.SkipWhile(kind => kind != "ServerCallEnded").Take(4));
        var call = Assert.IsType<ConversationItem.ServerToolCall>(scene.Scene.Single<ConversationEvent.ResponseDone>().Response.Output.Single());
        Assert.Equal(ItemStatus.Incomplete, call.Status);
        scene.Ask("what about it?");
        scene.Scene.Wait(2);
        Assert.StartsWith("The call was cancelled", (string)scene.Model.Calls[^1].SelectMany(m => m.Contents).OfType<FunctionResultContent>().Single().Result!, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cough_over_the_filler_does_not_cost_the_tool_its_result()
    {
        using var scene = new ToolScene(filler: "Let me have a look at the calendar of the whole week for you.");
        scene.Tools.Takes = TimeSpan.FromSeconds(1.9);
        scene.Scene.Transcriber.Texts.Enqueue("book me in");
        scene.Scene.Transcriber.Texts.Enqueue("");
        scene.Model.Answers.Enqueue([ToolScene.Call("call_1", "book", """{"day":"Monday"}""")]);
        scene.Scene.Speak(1);
        scene.Scene.Quiet(1.7);
        Assert.NotEmpty(scene.Scene.All<ConversationEvent.AudioDelta>());
        scene.Scene.Speak(0.8);
        scene.Scene.Quiet(8);

        var responses = scene.Scene.All<ConversationEvent.ResponseDone>();
        Assert.Equal([ResponseStatus.Cancelled, ResponseStatus.Completed], responses.Select(e => e.Response.Status));
        Assert.Single(scene.Tools.Calls);
        Assert.EndsWith(scene.Model.Text, scene.Scene.Single<ConversationEvent.TurnRecorded>().Turn.Reply, StringComparison.Ordinal);
        // Nobody is told that it failed: of the response that was interrupted it is incomplete, and it ends in the one that goes on.
        var held = responses[0].Response.Output.OfType<ConversationItem.ServerToolCall>().Single();
        Assert.Equal((null, null, ItemStatus.Incomplete), (held.Output, held.Error, held.Status));
        var call = responses[1].Response.Output.OfType<ConversationItem.ServerToolCall>().Single();
        Assert.Equal(("call_1", """book {"day":"Monday"}""", null, ItemStatus.Completed), (call.CallId, call.Output, call.Error, call.Status));
        Assert.NotEqual(held.Id, call.Id);
        var ended = scene.Scene.Single<ConversationEvent.ServerCallEnded>();
        Assert.Equal((call.Id, false), (ended.ItemId, ended.Failed));
        string[] expected = ["OutputItemAdded", "ItemAdded", "ServerCallArguments", "ServerCallStarted", "ServerCallEnded", "ItemDone", "OutputItemDone"];
        Assert.Equal(expected, scene.Kinds.SkipWhile(kind => kind != "ServerCallStarted").Skip(1).SkipWhile(kind => kind != "ServerCallArguments").Prepend("ItemAdded").Prepend("OutputItemAdded").Take(7));

        // For the model it is one call.
        scene.Ask("what was it?");
        scene.Scene.Wait(2);
        Assert.Single(scene.Model.Calls[^1].SelectMany(m => m.Contents).OfType<FunctionCallContent>());
        Assert.Equal("""book {"day":"Monday"}""", scene.Model.Calls[^1].SelectMany(m => m.Contents).OfType<FunctionResultContent>().Single().Result);
    }

    [Fact]
    public void A_tool_of_a_reply_that_is_held_and_then_given_up_was_cancelled_for_the_model()
    {
        using var scene = new ToolScene(filler: "Let me have a look at the calendar of the whole week for you.");
        scene.Tools.Takes = TimeSpan.FromSeconds(60);
        scene.Scene.Transcriber.Texts.Enqueue("book me in");
        scene.Scene.Transcriber.Texts.Enqueue("what else is there");
        scene.Model.Answers.Enqueue([ToolScene.Call("call_1", "hours", "{}")]);
        scene.Scene.Speak(1);
        scene.Scene.Quiet(1.7);
        scene.Scene.Speak(0.8);
        Assert.Equal(1, scene.Tools.Running);
        Assert.Empty(scene.Scene.All<ConversationEvent.ServerCallEnded>());
        scene.Scene.Quiet(4);

        Assert.Equal(0, scene.Tools.Running);
        Assert.StartsWith("The call was cancelled", (string)scene.Model.Calls[^1].SelectMany(m => m.Contents).OfType<FunctionResultContent>().Single().Result!, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_over_the_filler_stop_the_tool()
    {
        using var scene = new ToolScene(filler: "Let me have a look at the calendar of the whole week for you.");
        scene.Tools.Takes = TimeSpan.FromSeconds(60);
        scene.Scene.Transcriber.Texts.Enqueue("book me in");
        scene.Scene.Transcriber.Texts.Enqueue("no wait");
        scene.Model.Answers.Enqueue([ToolScene.Call("call_1", "hours", "{}")]);
        scene.Scene.Speak(1);
        scene.Scene.Quiet(1.7);
        scene.Scene.Speak(0.8);
        scene.Scene.Quiet(4);

        Assert.Equal(0, scene.Tools.Running);
        Assert.Equal(2, scene.Scene.All<ConversationEvent.TurnRecorded>().Count);
        Assert.Contains(scene.Model.Calls[^1].SelectMany(m => m.Contents).OfType<FunctionResultContent>(), r => ((string)r.Result!).StartsWith("The call was cancelled", StringComparison.Ordinal));
    }

    [Fact]
    public void Ending_the_session_while_a_tool_runs_leaves_nothing_running()
    {
        using var scene = new ToolScene();
        scene.Tools.Takes = TimeSpan.FromSeconds(60);
        scene.Model.Answers.Enqueue([ToolScene.Call("call_1", "hours")]);
        scene.Ask();
        scene.Scene.Wait(0.5);
        scene.Scene.End();

        Assert.Equal(0, scene.Tools.Running);
    }

    /// <summary>Of blocks that follow each other, one.</summary>
    private static IEnumerable<string> Distinct(IEnumerable<string> kinds)
    {
        string? before = null;
        foreach (var kind in kinds)
        {
            if (kind != before || kind is not ("AudioDelta" or "TextDelta"))
            {
                if (!(kind == "AudioDelta" && before == "Latency"))
                {
                    yield return kind;
                    before = kind;
                }
            }
        }
    }
}
