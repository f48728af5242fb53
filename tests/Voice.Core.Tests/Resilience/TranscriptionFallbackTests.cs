using Voice.Core.Conversations;
using Voice.Core.Providers;
using Voice.Core.Resilience;
using Voice.Core.Tests.Conversations;

namespace Voice.Core.Tests.Resilience;

public sealed class TranscriptionFallbackTests
{
    private ScriptedTranscriber _first = null!;
    private ScriptedTranscriber _second = null!;

    [Fact]
    public void A_transcriber_that_refuses_is_replaced_by_the_next()
    {
        using var scene = Begin(refusing: true);
        scene.Speak(1);
        scene.Quiet(3);

        Assert.Empty(_first.Streams);
        Assert.Single(Assert.Single(_second.Streams).Commits);
        Assert.Equal(ResponseStatus.Completed, scene.Single<ConversationEvent.ResponseDone>().Response.Status);
        Assert.Equal(
            [new("transcription", "a", "degraded", "provider_unavailable"), new ConversationEvent.ProviderChanged("transcription", "b", "fallback", null)],
            scene.All<ConversationEvent.ProviderChanged>());
    }

    [Fact]
    public void An_utterance_that_gets_no_transcript_is_sent_to_the_next_with_all_its_audio()
    {
        using var scene = Begin();
        _first.Silent = true;
        scene.Speak(1);
        scene.Quiet(9);

        var second = Assert.Single(_second.Streams);
        Assert.Equal(_first.Streams[0].Commits, second.Commits);
        Assert.Equal(_first.Streams[0].Bytes, second.Bytes);
        Assert.Single(scene.All<ConversationEvent.TranscriptCompleted>());
        Assert.Equal(ResponseStatus.Completed, scene.Single<ConversationEvent.ResponseDone>().Response.Status);
    }

    [Fact]
    public void An_utterance_that_cannot_be_understood_is_tried_on_the_next()
    {
        using var scene = Begin();
        _first.Texts.Enqueue(null);
        scene.Speak(1);
        scene.Quiet(4);

        Assert.Single(scene.All<ConversationEvent.TranscriptCompleted>());
        Assert.Empty(scene.All<ConversationEvent.TranscriptFailed>());
    }

    [Fact]
    public void A_stream_that_broke_once_is_opened_again_where_it_was()
    {
        using var scene = Begin();
        scene.Speak(1);
        _first.Streams[0].Break();
        scene.Quiet(3);

        Assert.Equal(2, _first.Streams.Count);
        Assert.Empty(_second.Streams);
        Assert.Equal(["degraded", "recovered"], scene.All<ConversationEvent.ProviderChanged>().Select(e => e.State));
        Assert.Single(scene.All<ConversationEvent.TranscriptCompleted>());
    }

    [Fact]
    public void Streams_that_break_again_and_again_are_the_next_models()
    {
        using var scene = Begin();
        _first.Silent = true;
        scene.Speak(1);
        scene.Quiet(0.5);
        _first.Streams[0].Break();
        scene.Wait(0.5);
        _first.Streams[1].Break();
        scene.Wait(2);

        Assert.Equal(2, _first.Streams.Count);
        Assert.Single(_second.Streams);
        Assert.Single(scene.All<ConversationEvent.TranscriptCompleted>());
    }

    [Fact]
    public void When_no_model_understands_it_is_said_so()
    {
        using var scene = Begin();
        _first.Texts.Enqueue(null);
        _second.Texts.Enqueue(null);
        scene.Speak(1);
        scene.Quiet(5);

        Assert.Single(scene.All<ConversationEvent.TranscriptFailed>());
        Assert.Contains("did not catch", string.Join(' ', scene.Speech.Requests.Select(r => r.Text)));
    }

    private Scene Begin(bool refusing = false)
    {
        var agent = Scene.Agent() with { TranscriptionModel = "a", Fallbacks = new ModelFallbacks { Transcription = ["b"] } };
        return new Scene(agent, with: (providers, time) =>
        {
            _first = new ScriptedTranscriber(time) { Refusing = refusing };
            _second = new ScriptedTranscriber(time);
            return providers with { Transcriber = new ByModel(_first, _second) };
        });
    }

    private sealed class ByModel(ScriptedTranscriber first, ScriptedTranscriber second) : ILiveTranscriber
    {
        public ValueTask<ILiveTranscription> StartAsync(TranscriptionOptions options, CancellationToken cancellationToken) =>
            (options.Model == "a" ? first : second).StartAsync(options, cancellationToken);
    }
}
