using Microsoft.Extensions.AI;
using Voice.Core.Conversations;
using Voice.Core.Turns;

namespace Voice.Core.Tests.Conversations;

/// <summary>Rows "idle" of docs/specs/conversation.md.</summary>
public sealed class IdleTests
{
    private static readonly ConversationSettings Five = new() { TurnDetection = new TurnDetection { IdleTimeout = TimeSpan.FromSeconds(5) } };

    [Fact]
    public void A_user_who_says_nothing_after_a_reply_has_played_is_spoken_to_again()
    {
        using var scene = new Scene(settings: Five);
        scene.Speak(1);
        // The reply takes 2.1 s to play, from 0.75 s after the speech.
        scene.Quiet(7.5);
        Assert.Empty(scene.All<ConversationEvent.IdleTimeout>());
        scene.Quiet(0.4);

        var idle = scene.Single<ConversationEvent.IdleTimeout>();
        var audio = scene.All<ConversationEvent.AudioDelta>();
        Assert.InRange((idle.Start - audio[^1].At!.Value).TotalSeconds, 0.09, 0.11);
        Assert.InRange((idle.End - idle.Start).TotalSeconds, 4.95, 5.05);
        var from = scene.Events.IndexOf(idle);
        Assert.Equal(
            ["IdleTimeout", "InputCommitted", "ItemAdded", "ItemDone", "ResponseCreated"],
            scene.Events.Skip(from).Take(5).Select(e => e.GetType().Name));
        Assert.Equal(idle.ItemId, scene.All<ConversationEvent.InputCommitted>()[^1].ItemId);
        scene.Quiet(2);
        Assert.Contains("nothing for 5 seconds", scene.Model.Calls[1][^1].Text);
        Assert.Equal(ChatRole.User, scene.Model.Calls[1][^1].Role);
        Assert.Equal(2, scene.All<ConversationEvent.ResponseDone>().Count);
    }

    [Fact]
    public void Silence_is_counted_from_what_was_said_last_be_it_nothing()
    {
        using var scene = new Scene(settings: Five);
        scene.Transcriber.Texts.Enqueue("hello");
        scene.Transcriber.Texts.Enqueue("");
        scene.Speak(1);
        scene.Quiet(6);
        scene.Speak(0.3);
        scene.Quiet(4.5);
        Assert.Empty(scene.All<ConversationEvent.IdleTimeout>());

        scene.Quiet(1.5);
        Assert.Single(scene.All<ConversationEvent.IdleTimeout>());
    }

    [Fact]
    public void A_user_who_speaks_is_not_idle()
    {
        using var scene = new Scene(settings: Five);
        scene.Speak(1);
        scene.Quiet(6);
        scene.Speak(6);

        Assert.Empty(scene.All<ConversationEvent.IdleTimeout>());
    }

    [Fact]
    public void Nobody_is_idle_before_the_first_reply_or_where_no_timeout_was_asked_for()
    {
        using var early = new Scene(settings: Five);
        early.Quiet(8);
        Assert.Empty(early.Events);

        using var scene = new Scene();
        scene.Speak(1);
        scene.Quiet(15);
        Assert.Empty(scene.All<ConversationEvent.IdleTimeout>());
    }

    [Fact]
    public void A_timeout_that_is_asked_for_while_it_is_quiet_counts_from_then()
    {
        using var scene = new Scene();
        scene.Speak(1);
        scene.Quiet(8);
        scene.Conversation.Update(settings => settings with { TurnDetection = Five.TurnDetection });
        scene.Quiet(4.5);
        Assert.Empty(scene.All<ConversationEvent.IdleTimeout>());

        scene.Quiet(1);
        Assert.Single(scene.All<ConversationEvent.IdleTimeout>());
    }

    [Fact]
    public void A_client_that_asks_for_responses_itself_is_told_once_and_asked_for_nothing()
    {
        using var scene = new Scene(settings: new ConversationSettings { TurnDetection = Five.TurnDetection! with { CreateResponse = false } });
        scene.Speak(1);
        scene.Quiet(1);
        scene.Conversation.CreateResponse(new ResponseRequest());
        scene.Quiet(20);

        Assert.Single(scene.All<ConversationEvent.IdleTimeout>());
        Assert.Equal(2, scene.All<ConversationEvent.InputCommitted>().Count);
        Assert.Single(scene.All<ConversationEvent.ResponseCreated>());
    }

    [Fact]
    public void An_interpreter_asks_by_itself()
    {
        using var scene = new Scene(Scene.Agent("interpreter", "es"), Five);
        scene.Transcriber.Texts.Enqueue("I have a fever");
        scene.Speak(1);
        scene.Quiet(9);

        Assert.Single(scene.All<ConversationEvent.IdleTimeout>());
        Assert.Equal("Are you still there?", scene.Speech.Requests[^1].Text);
    }
}
