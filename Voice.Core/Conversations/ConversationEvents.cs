using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Voice.Core.Conversations;

/// <summary>
/// What waits to be sent. Holds 2,048 events, of them 256 blocks of audio: a reply waits for room, everything else is never dropped,
/// and a client that lets the queue fill to the brim has stopped reading: the conversation ends.
/// </summary>
public sealed class ConversationEvents
{
    private const int Capacity = 2_048;
    private const int AudioCapacity = 256;

    private readonly Channel<Entry> _channel = Channel.CreateBounded<Entry>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, SingleWriter = false, FullMode = BoundedChannelFullMode.Wait });

    // Free places for audio. A channel and not a semaphore, whose waiters continue on the thread pool: virtual time needs the context kept.
    private readonly Channel<byte> _audioRoom = Channel.CreateBounded<byte>(AudioCapacity);

    // What comes after the end is lost, and that is not the client's fault.
    private volatile bool _completed;

    public ConversationEvents()
    {
        for (var place = 0; place < AudioCapacity; place++)
        {
            _audioRoom.Writer.TryWrite(0);
        }
    }

    /// <summary>The client stopped reading and events were lost: nothing after this can be trusted.</summary>
    public bool Overflowed { get; private set; }

    internal int Waiting => _channel.Reader.Count;

    /// <summary>One reader. Audio of a response that was cancelled while it waited is left out. Ends with the conversation.</summary>
    public async IAsyncEnumerable<ConversationEvent> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in _channel.Reader.EachAsync(cancellationToken))
        {
            if (entry.Owner is not null)
            {
                ReturnAudioRoom();
                if (entry.Owner.Muted)
                {
                    continue;
                }
            }

            yield return entry.Event;
        }
    }

    internal async Task WaitForAudioRoomAsync(CancellationToken cancellationToken) => await _audioRoom.Reader.ReadAsync(cancellationToken);

    internal void ReturnAudioRoom() => _audioRoom.Writer.TryWrite(0);

    internal void Write(ConversationEvent conversationEvent) => Write(new Entry(conversationEvent, null));

    /// <summary>After <see cref="WaitForAudioRoomAsync"/>.</summary>
    internal void WriteAudio(ConversationEvent.AudioDelta audio, ActiveResponse owner) => Write(new Entry(audio, owner));

    internal void Complete()
    {
        _completed = true;
        _channel.Writer.TryComplete();
    }

    private void Write(Entry entry)
    {
        if (!_channel.Writer.TryWrite(entry) && !_completed && !Overflowed)
        {
            Overflowed = true;
            _channel.Writer.TryComplete();
        }
    }

    private readonly record struct Entry(ConversationEvent Event, ActiveResponse? Owner);
}
