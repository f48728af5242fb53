using Voice.Core.Providers;
using Voice.Inference.Processes;
using Voice.Inference.Speech;

namespace Voice.Inference.Tests;

public sealed class SentenceSpeechTests
{
    private static readonly TaskCompletionSource Alive = new();

    [Fact]
    public async Task The_end_is_found_however_close_it_comes_to_the_reading_of_the_last_block()
    {
        // Two threads that are always a few instructions apart, each time a different few.
        const int Sentences = 40_000;
        var current = new SentenceSpeech();
        var (asked, answered) = (0, 0);
        var speaker = new Thread(() =>
        {
            for (var sentence = 1; sentence <= Sentences; sentence++)
            {
                SpinWait.SpinUntil(() => Volatile.Read(ref asked) >= sentence);
                current.Receive(new(EngineFrameKind.Speech, new byte[2]));
                Volatile.Write(ref answered, sentence);
                Thread.SpinWait(sentence % 64);
                current.Receive(new(EngineFrameKind.Done, default));
            }
        });
        speaker.Start();
        for (var sentence = 1; sentence <= Sentences; sentence++)
        {
            current = new SentenceSpeech();
            Volatile.Write(ref asked, sentence);
            SpinWait.SpinUntil(() => Volatile.Read(ref answered) >= sentence);

            Assert.Equal(1, await ReadAsync(current, Alive.Task));
        }

        speaker.Join();
    }

    [Fact]
    public async Task All_that_was_said_before_the_process_ended_is_heard_and_the_missing_end_is_a_failure()
    {
        var speech = new SentenceSpeech();
        speech.Receive(new(EngineFrameKind.Speech, new byte[2]));

        Assert.True(await speech.WaitAsync(Task.CompletedTask, default, default).OrTimeout());
        Assert.True(speech.TryRead(out _));
        var failure = await Assert.ThrowsAsync<ProviderException>(() => speech.WaitAsync(Task.CompletedTask, default, default).OrTimeout());
        Assert.Equal("provider_failed", failure.Code);
    }

    [Fact]
    public async Task An_end_that_was_said_counts_although_the_process_ended_after_it()
    {
        for (var sentence = 0; sentence < 1_000; sentence++)
        {
            var speech = new SentenceSpeech();
            var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var speaking = Task.Run(() =>
            {
                speech.Receive(new(EngineFrameKind.Done, default));
                ended.SetResult();
            });

            Assert.Equal(0, await ReadAsync(speech, ended.Task).OrTimeout());
            await speaking;
        }
    }

    [Fact]
    public async Task Too_late_is_a_failure_and_a_cancelled_caller_is_not()
    {
        var speech = new SentenceSpeech();
        var stopped = new CancellationToken(canceled: true);

        await Assert.ThrowsAsync<ProviderException>(() => speech.WaitAsync(Alive.Task, stopped, default).OrTimeout());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => speech.WaitAsync(Alive.Task, default, stopped).OrTimeout());
    }

    private static async Task<int> ReadAsync(SentenceSpeech speech, Task ended)
    {
        var blocks = 0;
        while (await speech.WaitAsync(ended, default, default))
        {
            while (speech.TryRead(out _))
            {
                blocks++;
            }
        }

        return blocks;
    }
}
