using Microsoft.Extensions.AI;
using Voice.Core.Conversations;

namespace Voice.Core.Tests.Conversations;

/// <summary>What a response took: as the model's provider counts it, over all its calls, else estimated.</summary>
public sealed class UsageTests
{
    [Fact]
    public void Calls_of_all_rounds_are_added_up_as_their_provider_counts_them()
    {
        using var scene = new ToolScene();
        scene.Model.Answers.Enqueue([ToolScene.Call("call_1", "hours"), Used(100, 64, 12)]);
        scene.Model.Answers.Enqueue([new TextContent("From nine to five."), Used(130, 96, 7)]);
        scene.Ask();
        scene.Scene.Wait(6);

        var usage = scene.Scene.Single<ConversationEvent.ResponseDone>().Response.Usage;
        Assert.Equal((230, 160, 19), (usage.InputTextTokens, usage.CachedInputTokens, usage.OutputTextTokens));
        // Voices count in units of their own.
        Assert.InRange(usage.OutputAudioTokens, 1, 100);
    }

    [Fact]
    public void What_a_provider_does_not_count_is_estimated_for_every_round()
    {
        int Input(bool tool)
        {
            using var scene = new ToolScene();
            if (tool)
            {
                scene.Model.Answers.Enqueue([ToolScene.Call("call_1", "hours")]);
            }

            scene.Ask();
            scene.Scene.Wait(6);
            return scene.Scene.Single<ConversationEvent.ResponseDone>().Response.Usage.InputTextTokens;
        }

        Assert.InRange(Input(tool: true), (2 * Input(tool: false)) + 1, 4 * Input(tool: false));
    }

    [Fact]
    public void A_call_that_told_and_one_that_did_not_are_taken_each_for_what_is_known()
    {
        using var scene = new ToolScene();
        scene.Model.Answers.Enqueue([ToolScene.Call("call_1", "hours"), Used(10_000, null, 500)]);
        scene.Ask();
        scene.Scene.Wait(6);

        var usage = scene.Scene.Single<ConversationEvent.ResponseDone>().Response.Usage;
        Assert.InRange(usage.InputTextTokens, 10_020, 10_200);
        // The words of the second round are estimated, and so is the call of the first.
        Assert.InRange(usage.OutputTextTokens, 20, 60);
    }

    [Fact]
    public void What_a_call_took_comes_after_the_reason_for_its_end()
    {
        using var scene = new ToolScene();
        scene.Model.Answers.Enqueue([new TextContent("We are open from"), Used(50, 0, 4)]);
        scene.Model.AnswersFinish = ChatFinishReason.Length;
        scene.Ask();
        scene.Scene.Wait(6);

        var done = scene.Scene.Single<ConversationEvent.ResponseDone>().Response;
        Assert.Equal("max_output_tokens", done.End?.Reason);
        Assert.Equal((50, 4), (done.Usage.InputTextTokens, done.Usage.OutputTextTokens));
    }

    [Fact]
    public void A_reply_that_was_staged_tells_what_its_call_took()
    {
        using var scene = new Scene();
        scene.Model.Answers.Enqueue([new TextContent("From nine to five."), Used(100, 0, 7)]);
        scene.Transcriber.Texts.Enqueue("when are you open");
        scene.Speak(0.6);
        scene.Transcriber.Streams[0].Partial("when are you open");
        scene.Quiet(4);

        Assert.True(scene.Single<ConversationEvent.TurnAnswered>().Turn.Speculated.Used);
        Assert.Equal(100, scene.Single<ConversationEvent.ResponseDone>().Response.Usage.InputTextTokens);
    }

    [Fact]
    public void What_no_model_was_asked_for_took_no_input()
    {
        using var scene = new Scene(greet: true);
        scene.Quiet(3);

        Assert.Equal(0, scene.Single<ConversationEvent.ResponseDone>().Response.Usage.InputTextTokens);
    }

    [Fact]
    public void A_reply_that_goes_on_after_a_false_interruption_has_what_is_left_of_its_limit()
    {
        using var scene = new Scene(settings: new ConversationSettings { MaxOutputTokens = 150 });
        scene.Model.Text = string.Concat(Enumerable.Repeat("We are open from nine to five, and closed on Sunday. ", 20)).Trim();
        scene.Transcriber.Texts.Enqueue("when are you open");
        scene.Transcriber.Texts.Enqueue("");
        scene.Speak(1);
        scene.Quiet(2.5);
        // No word of it is understood, and it interrupts all the same.
        scene.Speak(0.9);
        scene.Quiet(20);

        var done = scene.All<ConversationEvent.ResponseDone>();
        Assert.Equal(2, done.Count);
        Assert.Equal((ResponseStatus.Incomplete, "max_output_tokens"), (done[1].Response.Status, done[1].Response.End?.Reason));
        var heard = scene.Single<ConversationEvent.PlaybackCut>().At - scene.All<ConversationEvent.AudioDelta>()[0].At!.Value;
        var usage = done[1].Response.Usage;
        Assert.InRange(ResponseUsage.AudioTokens(heard) + usage.OutputAudioTokens + usage.OutputTextTokens, 100, 150);
    }

    private static UsageContent Used(int input, int? cached, int output) =>
        new(new UsageDetails { InputTokenCount = input, CachedInputTokenCount = cached, OutputTokenCount = output });
}
