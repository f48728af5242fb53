using Voice.Core.Conversations;

namespace Voice.Core.Tests.Conversations;

public sealed class ProviderFailureTests
{
    [Fact]
    public void A_model_that_fails_is_told_and_apologised_for()
    {
        using var scene = new Scene();
        scene.Model.FailAfter = 0;
        scene.Speak(1);
        scene.Quiet(5);

        Assert.Equal("provider_failed", scene.Single<ConversationEvent.Error>().Code);
        var response = scene.Single<ConversationEvent.ResponseDone>().Response;
        Assert.Equal((ResponseStatus.Failed, "provider_failed"), (response.Status, response.End?.ErrorCode));
        Assert.Contains("cannot answer", string.Join(' ', scene.Speech.Requests.Select(r => r.Text)));
        Assert.NotEmpty(scene.All<ConversationEvent.AudioDelta>());

        scene.Model.FailAfter = null;
        scene.Speak(1);
        scene.Quiet(3);
        Assert.Equal(ResponseStatus.Completed, scene.All<ConversationEvent.ResponseDone>()[1].Response.Status);
    }

    [Fact]
    public void A_worker_that_comes_back_in_time_costs_only_a_delay()
    {
        using var scene = new Scene();
        scene.Model.Unreachable = 3;
        scene.Speak(1);
        scene.Quiet(6);

        Assert.Equal(ResponseStatus.Completed, scene.Single<ConversationEvent.ResponseDone>().Response.Status);
        Assert.Empty(scene.All<ConversationEvent.Error>());
    }

    [Fact]
    public void A_synthesizer_that_fails_leaves_the_words()
    {
        using var scene = new Scene();
        scene.Speech.Failing = true;
        scene.Speak(1);
        scene.Quiet(5);

        Assert.Equal(ResponseStatus.Failed, scene.Single<ConversationEvent.ResponseDone>().Response.Status);
        Assert.Equal(scene.Model.Text, scene.Single<ConversationEvent.TextDone>().Text);
        Assert.Single(scene.All<ConversationEvent.Error>());
    }

    [Fact]
    public void A_translator_that_fails_is_apologised_for()
    {
        using var scene = new Scene(Scene.Agent("interpreter", "es"));
        scene.Translator.Failing = true;
        scene.Speak(1);
        scene.Quiet(5);

        Assert.Equal("unsupported_language", scene.Single<ConversationEvent.Error>().Code);
        Assert.Contains("cannot translate", string.Join(' ', scene.Speech.Requests.Select(r => r.Text)));
    }

    [Fact]
    public void An_utterance_that_cannot_be_transcribed_is_told_and_the_session_goes_on()
    {
        using var scene = new Scene();
        scene.Transcriber.Texts.Enqueue(null);
        scene.Speak(1);
        scene.Quiet(3);
        Assert.Single(scene.All<ConversationEvent.TranscriptFailed>());
        Assert.Contains("did not catch", string.Join(' ', scene.Speech.Requests.Select(r => r.Text)));

        scene.Speak(1);
        scene.Quiet(2);
        Assert.Single(scene.All<ConversationEvent.TranscriptCompleted>());
    }

    [Fact]
    public void An_utterance_that_cannot_be_transcribed_is_a_turn_without_words_between_the_others()
    {
        using var scene = new Scene();
        scene.Transcriber.Texts.Enqueue("when are you open");
        scene.Transcriber.Texts.Enqueue(null);
        scene.Transcriber.Texts.Enqueue("and on Sunday");
        for (var i = 0; i < 3; i++)
        {
            scene.Speak(1);
            scene.Quiet(8);
        }

        Assert.Equal(
            [(1, "when are you open", true), (2, "", false), (3, "and on Sunday", true)],
            scene.All<ConversationEvent.TurnRecorded>().Select(e => (e.Turn.Sequence, e.Turn.Transcript, e.Turn.Reply.Length > 0)));
        Assert.Equal([1, 2, 3], scene.All<ConversationEvent.TurnAnswered>().Select(e => e.Turn.Sequence));
        var failed = scene.All<ConversationEvent.TurnRecorded>()[1].Turn;
        Assert.Equal(scene.Single<ConversationEvent.TranscriptFailed>().ItemId, failed.ItemId);
        Assert.Equal(["endpointing"], failed.LatencyMs.Keys);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Words_that_were_heard_and_are_gone_in_the_end_are_asked_for_again(bool late)
    {
        using var scene = new Scene();
        scene.Transcriber.Silent = true;
        scene.Speak(1);
        if (!late)
        {
            scene.Transcriber.Streams[0].Partial("what are your opening hours");
        }

        scene.Quiet(1);
        if (late)
        {
            scene.Transcriber.Streams[0].Partial("what are your opening hours", 0);
        }

        scene.Transcriber.Streams[0].Final("");
        scene.Quiet(2);

        Assert.Single(scene.All<ConversationEvent.TranscriptFailed>());
        Assert.Empty(scene.All<ConversationEvent.TranscriptCompleted>());
        Assert.Contains("did not catch", string.Join(' ', scene.Speech.Requests.Select(r => r.Text)));
    }

    [Fact]
    public void Words_of_an_utterance_are_not_those_of_the_next()
    {
        using var scene = new Scene();
        scene.Transcriber.Silent = true;
        scene.Speak(1);
        scene.Transcriber.Streams[0].Partial("what are your opening hours");
        scene.Quiet(1);
        scene.Transcriber.Streams[0].Final("what are your opening hours");
        scene.Quiet(8);
        scene.Speak(1);
        scene.Quiet(1);
        scene.Transcriber.Streams[0].Final("");
        scene.Quiet(2);

        Assert.Empty(scene.All<ConversationEvent.TranscriptFailed>());
        Assert.Equal(["what are your opening hours", ""], scene.All<ConversationEvent.TranscriptCompleted>().Select(e => e.Text));
    }

    [Fact]
    public void A_noise_that_looked_like_a_word_at_first_is_not_asked_about()
    {
        using var scene = new Scene();
        scene.Transcriber.Texts.Enqueue("");
        scene.Speak(1);
        scene.Transcriber.Streams[0].Partial("the");
        scene.Quiet(3);

        Assert.Equal("", scene.Single<ConversationEvent.TranscriptCompleted>().Text);
        Assert.Empty(scene.Speech.Requests);
    }

    [Fact]
    public void A_transcript_that_never_comes_is_a_failure_in_the_end()
    {
        using var scene = new Scene();
        scene.Transcriber.Silent = true;
        scene.Speak(1);
        scene.Quiet(16);

        Assert.Single(scene.All<ConversationEvent.TranscriptFailed>());
    }

    [Fact]
    public void A_transcriber_that_dies_in_the_middle_of_speech_costs_no_words()
    {
        using var scene = new Scene();
        scene.Speak(1);
        var heard = scene.Transcriber.Streams[0].Bytes;
        scene.Transcriber.Refusing = true;
        scene.Transcriber.Streams[0].Break();
        scene.Speak(0.5);
        scene.Quiet(1);
        scene.Transcriber.Refusing = false;
        scene.Quiet(6);

        var second = scene.Transcriber.Streams[1];
        Assert.True(second.Bytes > heard, "the audio of the utterance was sent again");
        Assert.Single(second.Commits);
        Assert.Single(scene.All<ConversationEvent.TranscriptCompleted>());
        Assert.Equal(ResponseStatus.Completed, scene.Single<ConversationEvent.ResponseDone>().Response.Status);
        Assert.NotEmpty(scene.All<ConversationEvent.Trouble>());
        Assert.True(scene.Transcriber.Streams[0].Disposed);
    }

    [Fact]
    public void An_utterance_that_kills_every_stream_is_given_up()
    {
        using var scene = new Scene();
        scene.Transcriber.Silent = true;
        scene.Speak(1);
        scene.Quiet(0.5);
        for (var i = 0; i < 6 && scene.All<ConversationEvent.TranscriptFailed>().Count == 0; i++)
        {
            scene.Transcriber.Streams[^1].Break();
            scene.Wait(1.5);
        }

        Assert.Single(scene.All<ConversationEvent.TranscriptFailed>());
    }

    [Fact]
    public void Ending_in_the_middle_of_a_reply_leaves_nothing_running_and_the_turn_recorded()
    {
        var scene = new Scene();
        scene.Speak(1);
        scene.Quiet(0.9);
        scene.Dispose();

        Assert.Equal(0, scene.Speech.Running);
        Assert.Single(scene.All<ConversationEvent.TurnRecorded>());
        Assert.Equal(ResponseStatus.Cancelled, scene.Single<ConversationEvent.ResponseDone>().Response.Status);
        Assert.All(scene.Transcriber.Streams, stream => Assert.True(stream.Disposed));
    }
}
