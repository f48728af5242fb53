using Voice.Core.Providers;

namespace Voice.Core.Transcription;

/// <summary>Utterances that were not answered yet, oldest first; the last one may still be growing. Thread-safe.</summary>
internal sealed class TranscriptionBacklog : IDisposable
{
    private const int MaxAttempts = 3;

    private readonly LinkedList<UtteranceAudio> _unanswered = [];
    private readonly Lock _gate = new();

    // Utterances that ended: of all that was taken from the queue, and of what this stream was told.
    private int _taken;
    private int _told;

    public void Keep(TranscriptionCommand command)
    {
        lock (_gate)
        {
            Count(command);
            var growing = _unanswered.Last?.Value is { Id: null } last ? last : null;
            switch (command.Kind)
            {
                case TranscriptionCommandKind.Append:
                    growing ??= _unanswered.AddLast(new UtteranceAudio()).Value;
                    growing.Add(command.Block!, command.Start, command.Length);
                    break;
                case TranscriptionCommandKind.Commit:
                    growing ??= _unanswered.AddLast(new UtteranceAudio()).Value;
                    growing.Id = command.UtteranceId;
                    break;
                case TranscriptionCommandKind.Clear when growing is not null:
                    Remove(growing);
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>Nobody will be asked for it.</summary>
    public void Skip(TranscriptionCommand command)
    {
        lock (_gate)
        {
            Count(command);
        }
    }

    /// <returns>The utterance that grew when this was understood; null for what comes too late, about one before it.</returns>
    public int? Growing(TranscriptionEvent.Partial heard)
    {
        lock (_gate)
        {
            var late = heard.Utterance is { } number ? number != _told : _unanswered.Any(utterance => utterance.Id is not null);
            var about = late && (heard.Utterance ?? _told - 1) == _told - 1
                ? _unanswered.LastOrDefault(utterance => utterance.Id is not null)
                : _unanswered.LastOrDefault(utterance => !late && utterance.Id is null);
            about?.Hear(heard.Text);
            return late ? null : _taken;
        }
    }

    /// <returns>Null for an answer nobody waits for any more.</returns>
    public UtteranceAudio? Answered(string utteranceId)
    {
        lock (_gate)
        {
            var utterance = _unanswered.FirstOrDefault(u => u.Id == utteranceId);
            if (utterance is not null)
            {
                Remove(utterance);
            }

            return utterance;
        }
    }

    /// <summary>Nobody waits for this utterance any more: it is not sent again.</summary>
    public void Forget(string utteranceId)
    {
        lock (_gate)
        {
            // Not disposed: its blocks may be on their way to a stream right now. The pool does without them.
            if (_unanswered.FirstOrDefault(u => u.Id == utteranceId) is { } utterance)
            {
                _unanswered.Remove(utterance);
            }
        }
    }

    /// <summary>What the next stream is sent again; it is told of as many utterances.</summary>
    public UtteranceAudio[] Again()
    {
        lock (_gate)
        {
            _told = _unanswered.Count(utterance => utterance.Id is not null);
            return [.. _unanswered];
        }
    }

    /// <summary>An utterance that was on several streams when they broke may be what breaks them: not once more.</summary>
    public IReadOnlyList<string> TakePoison()
    {
        lock (_gate)
        {
            var poison = _unanswered.Where(utterance => utterance.Attempts++ >= MaxAttempts && utterance.Id is not null).ToList();
            List<string> ids = [.. poison.Select(utterance => utterance.Id!)];
            poison.ForEach(Remove);
            return ids;
        }
    }

    /// <returns>Those that were committed.</returns>
    public IReadOnlyList<string> TakeAll()
    {
        lock (_gate)
        {
            // Not disposed: the block of the one that grows is still being written to. The pool does without them.
            List<string> ids = [.. _unanswered.Select(utterance => utterance.Id).OfType<string>()];
            _unanswered.Clear();
            return ids;
        }
    }

    /// <summary>Blocks of commands that nobody took may be an utterance's as well: the pool does without them.</summary>
    public void Dispose()
    {
        foreach (var utterance in _unanswered)
        {
            utterance.Dispose();
        }
    }

    private void Count(TranscriptionCommand command)
    {
        if (command.Kind is TranscriptionCommandKind.Commit or TranscriptionCommandKind.Clear)
        {
            _taken++;
            _told++;
        }
    }

    private void Remove(UtteranceAudio utterance)
    {
        _unanswered.Remove(utterance);
        utterance.Dispose();
    }
}
