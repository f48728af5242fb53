using Voice.Core.Conversations;
using Voice.Core.Providers;

namespace Voice.Core.Tests.Conversations;

/// <summary>No recogniser takes the language: that is told at once, and nothing waits for words that cannot come.</summary>
public sealed class RefusedLanguageTests
{
    [Fact]
    public void It_is_told_once_and_what_is_said_fails_at_once_until_the_language_is_another()
    {
        using var scene = new Scene();
        scene.Transcriber.Refusal = new ProviderException("unsupported_language", "English only.");
        scene.Conversation.Update(settings => settings with { Language = "is" });
        scene.Run();
        var error = scene.Single<ConversationEvent.Error>();
        Assert.Equal(("unsupported_language", "session.audio.input.transcription.language"), (error.Code, error.Param));

        scene.Speak(1);
        scene.Quiet(1);
        scene.Speak(1);
        scene.Quiet(1);
        Assert.Equal(2, scene.All<ConversationEvent.TranscriptFailed>().Count);
        Assert.Equal("English only.", scene.All<ConversationEvent.TranscriptFailed>()[0].Message);
        Assert.Single(scene.All<ConversationEvent.Error>());

        scene.Transcriber.Refusal = null;
        scene.Conversation.Update(settings => settings with { Language = "en" });
        scene.Quiet(3);
        scene.Speak(1);
        scene.Quiet(1);
        Assert.Single(scene.All<ConversationEvent.TranscriptCompleted>());
    }

    [Fact]
    public void It_is_asked_for_again_later_because_a_model_that_takes_it_may_have_been_away()
    {
        using var scene = new Scene();
        scene.Transcriber.Refusal = new ProviderException("unsupported_language", "English only.");
        scene.Conversation.Update(settings => settings with { Language = "is" });
        scene.Run();
        scene.Transcriber.Refusal = null;
        scene.Quiet(31);
        scene.Speak(1);
        scene.Quiet(4);
        scene.Speak(1);
        scene.Quiet(2);

        Assert.NotEmpty(scene.All<ConversationEvent.TranscriptCompleted>());
    }
}
