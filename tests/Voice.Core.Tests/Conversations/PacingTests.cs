using Voice.Core.Audio;
using Voice.Core.Conversations;
using Voice.Core.Providers;

namespace Voice.Core.Tests.Conversations;

/// <summary>Rows of "The assistant's side" and "Queues" in docs/specs/conversation.md that speak of the playback lead.</summary>
public sealed class PacingTests
{
    private static readonly TimeSpan Lead = TimeSpan.FromSeconds(10);

    [Fact]
    public void Reply_audio_is_sent_at_most_ten_seconds_ahead_of_its_playback()
    {
        using var scene = Reading(seconds: 40);

        var sent = TimeSpan.Zero;
        var audio = scene.All<ConversationEvent.AudioDelta>();
        var first = scene.TimeOf(audio[0]);
        foreach (var block in audio)
        {
            sent += Pcm16.Duration(block.Pcm.Length, ISpeechSynthesizer.SampleRate);
            Assert.True(sent - (scene.TimeOf(block) - first) <= Lead);
        }

        Assert.Equal(40, sent.TotalSeconds, 3);
    }

    [Fact]
    public void A_response_is_done_when_its_last_audio_was_sent()
    {
        using var scene = Reading(seconds: 40);

        var done = scene.Single<ConversationEvent.ResponseDone>();
        var audio = scene.All<ConversationEvent.AudioDelta>();
        Assert.Equal(ResponseStatus.Completed, done.Response.Status);
        Assert.Equal(scene.TimeOf(audio[^1]), scene.TimeOf(done));
        Assert.InRange((scene.TimeOf(done) - scene.TimeOf(audio[0])).TotalSeconds, 29.9, 30.5);
    }

    [Fact]
    public void The_model_is_not_held_back_by_playback()
    {
        using var scene = Reading(seconds: 40);

        // 400 words of 20 ms each.
        var first = scene.TimeOf(scene.All<ConversationEvent.AudioDelta>()[0]);
        Assert.InRange((Assert.Single(scene.Model.Finished) - first).TotalSeconds, 7, 8.5);
    }

    [Fact]
    public void Synthesis_is_one_clause_ahead_of_what_is_sent()
    {
        using var scene = new Scene();
        scene.Model.Text = string.Concat(Enumerable.Repeat("We are open all day long and every day of the week. ", 60)).Trim();
        scene.Speak(1);
        for (var i = 0; i < 300; i++)
        {
            scene.Quiet(0.1);
            Assert.InRange(scene.Speech.Requests.Count, 0, scene.All<ConversationEvent.TextDelta>().Count + 1);
        }

        Assert.Empty(scene.All<ConversationEvent.ResponseDone>());
    }

    [Fact]
    public void What_is_said_after_a_reply_waits_for_its_playback_too()
    {
        using var scene = new Scene();
        scene.Model.Text = string.Concat(Enumerable.Repeat("We are open all day. ", 18)).Trim();
        scene.Speak(1);
        scene.Quiet(1.2);
        scene.Conversation.Say(string.Join(' ', Enumerable.Repeat("please wait", 30)) + ".");
        scene.Quiet(12);

        var audio = scene.All<ConversationEvent.AudioDelta>();
        var first = scene.TimeOf(audio[0]);
        Assert.Equal(18 * 5 + 60, audio.Count);
        Assert.All(audio, (block, index) => Assert.True(((index + 1) * 0.1) - (scene.TimeOf(block) - first).TotalSeconds <= 10.001));
    }

    [Fact]
    public void Ids_come_from_the_source_the_conversation_was_given()
    {
        List<string> Play()
        {
            var next = 0;
            using var scene = new Scene(greet: true, newId: prefix => $"{prefix}_{++next}");
            scene.Quiet(2);
            scene.Speak(1);
            scene.Quiet(3);
            return [.. scene.Events.Select(e => e.ToString())];
        }

        var first = Play();

        Assert.Contains(first, text => text.Contains("resp_1", StringComparison.Ordinal));
        Assert.Equal(first, Play());
    }

    private static Scene Reading(int seconds)
    {
        var scene = new Scene();
        scene.Model.Text = string.Concat(Enumerable.Repeat("We are open all day. ", seconds * 2)).Trim();
        scene.Speak(1);
        scene.Quiet(seconds);
        return scene;
    }
}
