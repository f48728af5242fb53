using Voice.Core.Audio;
using Voice.Core.Conversations;

namespace Voice.Core.Tests.Conversations;

public sealed class SendingTests
{
    [Fact]
    public void A_client_that_reads_late_gets_all_audio_of_a_reply_that_ended()
    {
        using var scene = new Scene(reading: false);
        scene.Speak(1);
        scene.Quiet(3);

        scene.Read();
        scene.Run();

        Assert.Equal(scene.Model.Text.Split(' ').Length, scene.All<ConversationEvent.AudioDelta>().Count);
    }

    [Fact]
    public void A_client_that_reads_late_gets_no_audio_of_a_reply_that_was_interrupted()
    {
        using var scene = new Scene(reading: false);
        scene.Speak(1);
        scene.Quiet(1.5);
        scene.Speak(0.7);

        scene.Read();
        scene.Run();

        Assert.NotEmpty(scene.All<ConversationEvent.ResponseDone>());
        Assert.Empty(scene.All<ConversationEvent.AudioDelta>());
    }

    [Fact]
    public void A_reply_waits_for_a_client_that_does_not_read_and_loses_nothing()
    {
        using var scene = new Scene(reading: false);
        scene.Model.Text = string.Concat(Enumerable.Repeat("We are open all day. ", 80)).Trim();
        scene.Speak(1);
        scene.Quiet(25);

        scene.Read();
        scene.Quiet(20);

        Assert.Equal(400, scene.All<ConversationEvent.AudioDelta>().Count);
        Assert.Equal(ResponseStatus.Completed, scene.Single<ConversationEvent.ResponseDone>().Response.Status);
    }

    [Fact]
    public void A_client_that_never_reads_ends_the_conversation_instead_of_filling_memory()
    {
        using var scene = new Scene(reading: false);
        for (var i = 0; i < 3_000; i++)
        {
            scene.Conversation.RetrieveItem("nope", null);
        }

        Assert.True(scene.Conversation.Events.Overflowed);
        scene.Read();
    }

    [Fact]
    public void A_frame_without_speech_costs_no_allocation()
    {
        using var scene = new Scene(settings: new ConversationSettings());
        var frame = new short[480];
        for (var i = 0; i < frame.Length; i++)
        {
            frame[i] = (short)(i % 7);
        }

        scene.Conversation.Update(settings => settings with { InputSampleRate = 24_000 });
        scene.Conversation.AppendAudio(Pcm16.Bytes(frame));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 500; i++)
        {
            scene.Conversation.AppendAudio(Pcm16.Bytes(frame));
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
