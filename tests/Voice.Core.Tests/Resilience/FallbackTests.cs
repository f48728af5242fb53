using Voice.Core.Conversations;
using Voice.Core.Resilience;
using Voice.Core.Tests.Conversations;

namespace Voice.Core.Tests.Resilience;

public sealed class FallbackTests
{
    private const string Whole = "This is model b here. And that is all.";

    [Theory]
    [InlineData("hang", "provider_unavailable")]
    [InlineData("empty", "provider_failed")]
    [InlineData("provider_unavailable", "provider_unavailable")]
    [InlineData("provider_failed", "provider_failed")]
    [InlineData("provider_rejected", "provider_rejected")]
    public void A_language_model_that_does_not_begin_is_replaced_by_the_next(string act, string code)
    {
        using var scene = Begin(chat: act);
        scene.Speak(1);
        scene.Quiet(12);

        var response = scene.Single<ConversationEvent.ResponseDone>().Response;
        Assert.Equal((ResponseStatus.Completed, Whole), (response.Status, response.Output.Single().Text));
        Assert.Equal(
            [new("chat", "a", "degraded", code), new ConversationEvent.ProviderChanged("chat", "b", "fallback", null)],
            scene.All<ConversationEvent.ProviderChanged>());
        Assert.Empty(scene.All<ConversationEvent.Error>());
    }

    [Theory]
    [InlineData("break")]
    [InlineData("stop")]
    public void A_language_model_that_breaks_off_says_nothing_twice(string act)
    {
        using var scene = Begin(chat: act);
        scene.Speak(1);
        scene.Quiet(14);

        var response = scene.Single<ConversationEvent.ResponseDone>().Response;
        Assert.Equal(ResponseStatus.Failed, response.Status);
        Assert.StartsWith("This is model a here.", response.Output.Single().Text, StringComparison.Ordinal);
        Assert.Contains("I cannot answer right now", response.Output.Single().Text);
        Assert.DoesNotContain("model b", response.Output.Single().Text);
    }

    [Fact]
    public void A_first_model_that_answers_again_is_told_and_used()
    {
        using var scene = Begin(chat: "provider_failed");
        scene.Speak(1);
        scene.Quiet(3);
        _models!.Acts["a"] = "ok";
        scene.Speak(1);
        scene.Quiet(3);

        Assert.Equal(["degraded", "fallback", "recovered"], scene.All<ConversationEvent.ProviderChanged>().Select(e => e.State));
        Assert.Equal("This is model a here. And that is all.", scene.All<ConversationEvent.ResponseDone>()[1].Response.Output.Single().Text);
    }

    [Fact]
    public void When_every_model_fails_there_is_an_apology_and_then_calls_are_spared()
    {
        using var scene = Begin(chat: "provider_failed", chatFallback: "provider_failed");
        scene.Speak(1);
        scene.Quiet(8);

        Assert.Equal("provider_failed", scene.Single<ConversationEvent.Error>().Code);
        Assert.Contains("I cannot answer right now", scene.Single<ConversationEvent.ResponseDone>().Response.Output.Single().Text);
        // A failure that is not absence is worth one more round.
        Assert.Equal(["a", "b", "a", "b"], _models!.Calls.Where(model => model is "a" or "b"));
    }

    [Theory]
    [InlineData("hang")]
    [InlineData("provider_unavailable")]
    [InlineData("empty")]
    public void A_voice_that_does_not_begin_is_replaced_before_anything_of_the_clause_was_heard(string act)
    {
        using var scene = Begin(speech: act);
        scene.Speak(1);
        scene.Quiet(12);

        Assert.Equal(ResponseStatus.Completed, scene.Single<ConversationEvent.ResponseDone>().Response.Status);
        Assert.Equal(4, scene.All<ConversationEvent.AudioDelta>().Count);
        Assert.Contains(new("speech", "y", "fallback", null), scene.All<ConversationEvent.ProviderChanged>());
    }

    [Theory]
    [InlineData("break")]
    [InlineData("stop")]
    public void A_voice_that_breaks_off_loses_the_rest_of_its_clause_and_goes_on_with_the_next(string act)
    {
        using var scene = Begin(speech: act);
        scene.Speak(1);
        scene.Quiet(22);

        // Two clauses, of each the first of two blocks.
        Assert.Equal(2, scene.All<ConversationEvent.AudioDelta>().Count);
        Assert.Equal(ResponseStatus.Completed, scene.Single<ConversationEvent.ResponseDone>().Response.Status);
        Assert.Contains(new("speech", "x", "degraded", act == "stop" ? "provider_unavailable" : "provider_failed"), scene.All<ConversationEvent.ProviderChanged>());
    }

    [Fact]
    public void A_model_that_wants_to_be_left_alone_is()
    {
        using var scene = Begin(chat: "provider_unavailable", chatFallback: "provider_rejected");
        _models!.RetryAfter = TimeSpan.FromSeconds(3);
        scene.Speak(1);
        scene.Quiet(2);
        Assert.Equal(["a", "b"], _models.Calls.Where(model => model is "a" or "b"));
        _models.Acts["a"] = "ok";
        scene.Quiet(4);

        Assert.Equal("This is model a here. And that is all.", scene.Single<ConversationEvent.ResponseDone>().Response.Output.Single().Text);
    }

    [Fact]
    public void A_model_that_wants_to_be_left_alone_for_too_long_is_apologised_for_at_once()
    {
        using var scene = Begin(chat: "provider_unavailable", chatFallback: "provider_rejected");
        _models!.RetryAfter = TimeSpan.FromSeconds(30);
        scene.Speak(1);
        scene.Quiet(2);

        Assert.Equal(ResponseStatus.Failed, scene.Single<ConversationEvent.ResponseDone>().Response.Status);
    }

    [Fact]
    public void Sessions_share_what_they_know_of_a_model()
    {
        using var first = Begin(chat: "provider_failed");
        for (var i = 0; i < 5; i++)
        {
            first.Speak(1);
            first.Quiet(3);
        }

        var asked = _models!.Calls.Count(model => model == "a");
        // The next turn comes later than the pause, so one call tries; two at once would not both.
        Assert.Equal(BreakerState.Open, _shared!.Breaker(ProviderStage.Chat, "a").State);
        Assert.True(asked >= 5);
        Assert.Equal(BreakerState.Closed, _shared.Breaker(ProviderStage.Chat, "b").State);
    }

    private ScriptedModels? _models;
    private ProviderResilience? _shared;

    private Scene Begin(string chat = "ok", string chatFallback = "ok", string speech = "ok")
    {
        var agent = Scene.Agent() with
        {
            ChatModel = "a", SpeechModel = "x", Fallbacks = new ModelFallbacks { Chat = ["b"], Speech = ["y"] },
        };
        return new Scene(agent, with: (providers, time) =>
        {
            _models = new ScriptedModels(time) { Acts = { ["a"] = chat, ["b"] = chatFallback, ["x"] = speech } };
            _shared = new ProviderResilience(new ProviderResilienceOptions(), time);
            return providers with { Chat = _models, Synthesizer = _models, Resilience = _shared };
        });
    }
}
