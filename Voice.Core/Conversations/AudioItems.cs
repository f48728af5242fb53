using Voice.Core.Audio;
using Voice.Core.Providers;

namespace Voice.Core.Conversations;

/// <summary>
/// User audio that a client put into the conversation as an item: written down one after the other, each on a stream of its own, beside what
/// the user says live. Public members under the conversation's gate.
/// </summary>
/// <param name="options">Of the session as it is now. Under the gate.</param>
/// <param name="respond">A response was asked for while words were missing; now they are there.</param>
/// <param name="notUnderstood">The same, and there are none.</param>
internal sealed class AudioItems(
    ConversationContext context, ILiveTranscriber transcriber, Func<TranscriptionOptions> options, Action<ResponseRequest> respond, Action notUnderstood) : IAsyncDisposable
{
    /// <summary>Waiting, of all items. More is refused: it is memory.</summary>
    public static readonly TimeSpan MostWaiting = TimeSpan.FromSeconds(120);

    public static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    /// <summary>On top of the length of the audio: a transcriber that takes longer is taken for failed.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    private static readonly int BlockBytes = Pcm16.Length(TimeSpan.FromMilliseconds(100), 16_000);

    private readonly Queue<Entry> _entries = new();
    private readonly CancellationTokenSource _ending = new();
    private Task _working = Task.CompletedTask;
    private ResponseRequest? _requested;
    private TimeSpan _waiting;
    private bool _busy;

    public bool HasRoomFor(TimeSpan duration) => _waiting + duration <= MostWaiting;

    /// <param name="pcm">16-bit little-endian mono.</param>
    public void Add(string itemId, int contentIndex, ReadOnlyMemory<byte> pcm, int sampleRate)
    {
        var duration = Pcm16.Duration(pcm.Length, sampleRate);
        _waiting += duration;
        _entries.Enqueue(new Entry(itemId, contentIndex, pcm, sampleRate, duration, options()));
        if (!_busy)
        {
            _busy = true;
            _working = WorkAsync();
        }
    }

    /// <returns>True where the response has to wait for words, and will be asked for when they are there.</returns>
    public bool Defer(ResponseRequest request)
    {
        if (!_busy)
        {
            return false;
        }

        if (_requested is null)
        {
            _requested = request;
        }
        else
        {
            context.Error("conversation_already_has_active_response", "response.create: a response waits for the transcript of an item.", request.ClientEventId);
        }

        return true;
    }

    public async ValueTask DisposeAsync()
    {
        lock (context.Gate)
        {
            _requested = null;
            _entries.Clear();
        }

        await _ending.CancelAsync();
        await _working;
        _ending.Dispose();
    }

    /// <summary>Never throws.</summary>
    private async Task WorkAsync()
    {
        // Off the receive loop.
        await Task.Yield();
        while (true)
        {
            Entry entry;
            lock (context.Gate)
            {
                if (!_entries.TryDequeue(out entry))
                {
                    _busy = false;
                    return;
                }
            }

            TranscriptionEvent answer;
            try
            {
                answer = await TranscribeAsync(entry);
            }
            catch (OperationCanceledException) when (_ending.IsCancellationRequested)
            {
                continue;
            }
            catch (Exception exception)
            {
                answer = new TranscriptionEvent.Failed(entry.ItemId, exception is ProviderException known ? known.Message : "The audio could not be transcribed.");
                Tell(new ConversationEvent.Trouble("transcription", exception));
            }

            lock (context.Gate)
            {
                _waiting -= entry.Duration;
                Take(entry, answer);
            }
        }
    }

    private async Task<TranscriptionEvent> TranscribeAsync(Entry entry)
    {
        using var limit = new CancellationTokenSource(entry.Duration + Grace, context.Time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _ending.Token);
        try
        {
            await using var stream = await transcriber.StartAsync(entry.Options, stop.Token);
            var pcm = Resampled(entry);
            for (var at = 0; at < pcm.Length; at += BlockBytes)
            {
                await stream.AppendAsync(pcm.Slice(at, Math.Min(BlockBytes, pcm.Length - at)), stop.Token);
            }

            await stream.CommitAsync(entry.ItemId, stop.Token);
            await foreach (var next in stream.ReadAllAsync(stop.Token))
            {
                if (next is TranscriptionEvent.Final or TranscriptionEvent.Failed)
                {
                    return next;
                }
            }

            return new TranscriptionEvent.Failed(entry.ItemId, "The transcriber ended without an answer.");
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !_ending.IsCancellationRequested)
        {
            return new TranscriptionEvent.Failed(entry.ItemId, "The transcriber did not answer in time.");
        }
    }

    private static ReadOnlyMemory<byte> Resampled(Entry entry) => entry.SampleRate == entry.Options.SampleRate
        ? entry.Pcm
        : Pcm16.Bytes(StreamingResampler.Resample(Pcm16.Samples(entry.Pcm.Span), entry.SampleRate, entry.Options.SampleRate)).ToArray();

    private void Take(Entry entry, TranscriptionEvent answer)
    {
        if (context.Ended)
        {
            return;
        }

        var text = (answer as TranscriptionEvent.Final)?.Text.Trim();
        if (text is not null && context.History.Find(entry.ItemId) is ConversationItem.Message item)
        {
            context.History.Replace(item with { Content = [.. item.Content.Select((part, index) => index == entry.ContentIndex ? part with { Text = text } : part)] });
        }

        context.Events.Write(text is not null
            ? new ConversationEvent.TranscriptCompleted(entry.ItemId, text, ((TranscriptionEvent.Final)answer).Confidence, entry.Duration) { ContentIndex = entry.ContentIndex }
            : new ConversationEvent.TranscriptFailed(entry.ItemId, "transcription_failed", ((TranscriptionEvent.Failed)answer).Reason) { ContentIndex = entry.ContentIndex });
        if (_entries.Count > 0 || _requested is not { } request)
        {
            return;
        }

        _requested = null;
        // Another reply may have begun in the meantime, with what there was.
        if (string.IsNullOrEmpty(text) && context.History.Find(entry.ItemId)?.Text is null or "")
        {
            notUnderstood();
        }
        else
        {
            respond(request);
        }
    }

    private void Tell(ConversationEvent told)
    {
        lock (context.Gate)
        {
            context.Events.Write(told);
        }
    }

    private readonly record struct Entry(string ItemId, int ContentIndex, ReadOnlyMemory<byte> Pcm, int SampleRate, TimeSpan Duration, TranscriptionOptions Options);
}
