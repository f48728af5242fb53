using Microsoft.Extensions.AI;
using Voice.Core.Conversations;
using Voice.Core.Turns;

namespace Voice.Core.Tests.Conversations;

/// <summary>Rows "staged" of docs/specs/conversation.md.</summary>
public sealed class SpeculationTests
{
    [Fact]
    public void Staged_reply_begins_in_the_pause_and_nothing_of_it_is_told()
    {
        using var scene = new Scene();
        Say(scene, "when are you open");
        scene.Quiet(0.3);

        Assert.Equal("when are you open", Assert.Single(scene.Model.Calls)[^1].Text);
        Assert.Empty(scene.All<ConversationEvent.SpeechStopped>());
        Assert.Empty(scene.All<ConversationEvent.ResponseCreated>());
        // Its first clause is being synthesised meanwhile.
        scene.Quiet(0.1);
        Assert.NotEmpty(scene.Speech.Requests);
        Assert.Empty(scene.All<ConversationEvent.TextDelta>());
    }

    [Fact]
    public void Staged_reply_becomes_the_answer_where_the_final_words_are_the_same_however_they_are_written()
    {
        using var scene = new Scene();
        scene.Transcriber.Texts.Enqueue("When are you open?");
        Say(scene, "when are you open");
        scene.Quiet(6);

        Assert.Single(scene.Model.Calls);
        Assert.Equal(new Speculated(1, true), scene.Single<ConversationEvent.TurnAnswered>().Turn.Speculated);
        Assert.Equal(ResponseStatus.Completed, scene.Single<ConversationEvent.ResponseDone>().Response.Status);
        Assert.Equal(scene.Model.Text, scene.Single<ConversationEvent.TurnRecorded>().Turn.Reply);
        string[] expected =
        [
            "TranscriptCompleted", "ResponseCreated", "OutputItemAdded", "ItemAdded", "ContentPartAdded", "TextDelta", "AudioDelta", "Latency",
        ];
        Assert.Equal(expected, scene.Events.Select(e => e.GetType().Name).SkipWhile(name => name != "TranscriptCompleted").Take(8));
    }

    [Fact]
    public void Staged_reply_is_heard_that_much_earlier()
    {
        double VoiceToVoice(double? limit)
        {
            using var scene = new Scene(settings: new ConversationSettings { SpeculationLimit = limit });
            scene.Transcriber.Texts.Enqueue("when are you open");
            Say(scene, "when are you open");
            scene.Quiet(3);
            return scene.Single<ConversationEvent.Latency>().Milliseconds[Stages.VoiceToVoice];
        }

        // From 400 ms of pause, 50 ms of transcript, model and speech to the pause and the transcript alone, if the first clause is ready by then.
        Assert.InRange(VoiceToVoice(null) - VoiceToVoice(1.6), 200, 320);
    }

    [Fact]
    public void Staged_reply_is_thrown_away_when_the_user_goes_on_and_nothing_of_it_is_heard()
    {
        using var scene = new Scene();
        scene.Transcriber.Texts.Enqueue("I need a table for two");
        Say(scene, "I need a table");
        scene.Quiet(0.3);
        Assert.Single(scene.Model.Calls);
        scene.Speak(0.6);
        scene.Transcriber.Streams[0].Partial("I need a table for two");
        scene.Quiet(6);

        Assert.Equal("I need a table for two", scene.Model.Calls[^1][^1].Text);
        Assert.DoesNotContain(scene.Model.Calls[^1], m => m.Role == ChatRole.Assistant);
        Assert.Single(scene.All<ConversationEvent.ResponseCreated>());
        Assert.Equal(scene.Model.Text, scene.Single<ConversationEvent.TurnRecorded>().Turn.Reply);
        Assert.Equal(0, scene.Speech.Running);
    }

    [Fact]
    public void Staged_reply_is_not_begun_while_the_words_ask_for_more()
    {
        using var scene = new Scene(settings: new ConversationSettings { TurnDetection = new TurnDetection { Eagerness = TurnEagerness.Auto } });
        Say(scene, "I would like to book an");
        scene.Quiet(0.9);

        Assert.Empty(scene.Model.Calls);
        Assert.Empty(scene.All<ConversationEvent.SpeechStopped>());
    }

    [Fact]
    public void Staged_reply_is_begun_when_the_turn_is_over_at_the_latest()
    {
        using var scene = new Scene(settings: new ConversationSettings { TurnDetection = new TurnDetection { SilenceDuration = TimeSpan.FromMilliseconds(140) } });
        scene.Transcriber.Silent = true;
        Say(scene, "when are you open");
        scene.Quiet(0.18);

        Assert.Single(scene.All<ConversationEvent.SpeechStopped>());
        Assert.Single(scene.Model.Calls);
        Assert.Empty(scene.All<ConversationEvent.ResponseCreated>());
    }

    [Fact]
    public void Calls_of_the_model_stay_within_the_limit_however_often_the_guess_is_wrong()
    {
        using var scene = new Scene();
        scene.Model.Text = "Yes.";
        for (var turn = 0; turn < 12; turn++)
        {
            scene.Transcriber.Texts.Enqueue($"and something else number {turn}");
            Say(scene, $"that was all {turn}");
            scene.Quiet(2.5);
        }

        var turns = scene.All<ConversationEvent.TurnAnswered>();
        Assert.Equal(12, turns.Count);
        Assert.All(turns, turn => Assert.False(turn.Turn.Speculated.Used));
        Assert.Equal(scene.Model.Calls.Count, 12 + turns.Sum(turn => turn.Turn.Speculated.Started));
        Assert.InRange(scene.Model.Calls.Count / 12.0, 1.3, 1.6);
    }

    [Fact]
    public void Speculation_can_be_switched_off()
    {
        using var scene = new Scene(settings: new ConversationSettings { SpeculationLimit = null });
        Say(scene, "when are you open");
        scene.Quiet(0.3);

        Assert.Empty(scene.Model.Calls);
    }

    [Fact]
    public void Staged_translation_is_told_with_the_turn_and_not_before()
    {
        using var scene = new Scene(Scene.Agent("interpreter", "es"));
        scene.Transcriber.Texts.Enqueue("I have a fever");
        Say(scene, "I have a fever");
        scene.Quiet(3);

        var told = scene.Events.IndexOf(scene.Single<ConversationEvent.Translation>());
        Assert.True(told > scene.Events.IndexOf(scene.Single<ConversationEvent.ResponseCreated>()));
        Assert.Equal("es", Assert.Single(scene.Speech.Requests).Language);
    }

    [Fact]
    public void Staged_safety_message_is_said_when_the_words_are_certain()
    {
        using var scene = new Scene(Scene.Agent("companion"));
        scene.Transcriber.Texts.Enqueue("I want to end my life");
        Say(scene, "I want to end my life");
        scene.Quiet(0.3);
        Assert.Empty(scene.All<ConversationEvent.TextDelta>());
        scene.Quiet(2);

        Assert.Empty(scene.Model.Calls);
        Assert.Contains("988", string.Concat(scene.All<ConversationEvent.TextDelta>().Select(d => d.Delta)));
    }

    [Fact]
    public void Staged_reply_that_fails_is_asked_for_again()
    {
        using var scene = new Scene();
        scene.Model.FailAfter = 0;
        scene.Transcriber.Texts.Enqueue("when are you open");
        Say(scene, "when are you open");
        scene.Quiet(0.32);
        Assert.Single(scene.Model.Calls);
        scene.Model.FailAfter = null;
        scene.Quiet(6);

        Assert.Equal(ResponseStatus.Completed, scene.Single<ConversationEvent.ResponseDone>().Response.Status);
        Assert.Empty(scene.All<ConversationEvent.Error>());
    }

    [Fact]
    public void Staged_reply_runs_no_tool()
    {
        using var tools = new ToolScene();
        var scene = tools.Scene;
        scene.Model.Answers.Enqueue([ToolScene.Call("call_1", "hours")]);
        scene.Transcriber.Texts.Enqueue("when are you open");
        Say(scene, "when are you open");
        scene.Quiet(0.38);
        Assert.Single(scene.Model.Calls);
        Assert.Empty(tools.Tools.Calls);
        scene.Quiet(6);

        Assert.Single(tools.Tools.Calls);
        Assert.Equal(ResponseStatus.Completed, scene.Single<ConversationEvent.ResponseDone>().Response.Status);
    }

    [Fact]
    public void Ending_with_a_staged_reply_leaves_nothing_running()
    {
        var scene = new Scene();
        Say(scene, "when are you open");
        scene.Quiet(0.38);
        Assert.Single(scene.Model.Calls);
        scene.Dispose();

        Assert.Equal(0, scene.Speech.Running);
        Assert.Empty(scene.All<ConversationEvent.ResponseCreated>());
    }

    private static void Say(Scene scene, string partial)
    {
        scene.Speak(1);
        scene.Transcriber.Streams[0].Partial(partial);
        scene.Run();
    }
}
