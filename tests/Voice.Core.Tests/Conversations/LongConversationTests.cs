using System.Runtime.CompilerServices;
using Voice.Core.Conversations;
using Voice.Core.Providers;

namespace Voice.Core.Tests.Conversations;

/// <summary>What is left in memory of what was said: words, and no sound.</summary>
public sealed class LongConversationTests
{
    private const int Turns = 200;

    /// <summary>Of the replies that may still be playing, be sent again or lie in a queue.</summary>
    private const int MostReplies = 9;

    [Fact]
    public void Of_two_hundred_replies_the_sound_of_the_last_few_is_kept()
    {
        var voice = new WatchedSpeech();
        using var scene = new Scene(reading: false, with: (providers, time) => providers with { Synthesizer = voice.Over(time) });
        var said = ReadAsync(scene.Conversation);

        for (var turn = 0; turn < Turns; turn++)
        {
            var question = new ConversationItem.Message(string.Empty, ItemRole.User, ItemStatus.Completed, [new ItemContent(ItemContentKind.InputText, $"question {turn}")]);
            scene.Conversation.CreateItem(question, null, null);
            scene.Conversation.CreateResponse(new ResponseRequest());
            for (var step = 0; step < 25; step++)
            {
                scene.Time.Advance(TimeSpan.FromMilliseconds(100));
                scene.Run();
            }
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.Equal(Turns, scene.Model.Calls.Count);
        Assert.InRange(voice.Blocks, Turns, int.MaxValue);
        Assert.InRange(voice.BlocksInMemory, 0, MostReplies * voice.Blocks / Turns);
        GC.KeepAlive(scene);
        scene.End();
        scene.Run();
        Assert.True(said.IsCompletedSuccessfully);
    }

    /// <summary>A client that keeps nothing.</summary>
    private static async Task ReadAsync(Conversation conversation)
    {
        await foreach (var _ in conversation.Events.ReadAllAsync(CancellationToken.None))
        {
        }
    }

    private sealed class WatchedSpeech : ISpeechSynthesizer
    {
        private readonly List<WeakReference> _blocks = [];
        private ScriptedSpeech? _inner;

        public int Blocks => _blocks.Count;

        public int BlocksInMemory => _blocks.Count(block => block.IsAlive);

        public WatchedSpeech Over(TimeProvider time)
        {
            _inner = new ScriptedSpeech(time);
            return this;
        }

        public async IAsyncEnumerable<ReadOnlyMemory<byte>> SynthesizeAsync(SpeechRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (var pcm in _inner!.SynthesizeAsync(request, cancellationToken))
            {
                // The array itself: memory over it would not be found again.
                Assert.True(System.Runtime.InteropServices.MemoryMarshal.TryGetArray(pcm, out var array));
                _blocks.Add(new WeakReference(array.Array));
                yield return pcm;
            }
        }
    }
}
