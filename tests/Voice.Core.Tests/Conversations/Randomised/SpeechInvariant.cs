using Voice.Core.Conversations;

namespace Voice.Core.Tests.Conversations.Randomised;

/// <summary>Speech that was told to begin is told to end; what was committed is an item, and is transcribed or told to have failed, once.</summary>
internal sealed class SpeechInvariant : Invariant
{
    private readonly HashSet<string> _waiting = [];
    private readonly HashSet<string> _committed = [];
    private string? _silence;
    private string? _speaking;
    private string? _stopped;
    private ConversationEvent? _before;

    public override void See(Entry entry)
    {
        switch (entry.Event)
        {
            case ConversationEvent.SpeechStarted started:
                That(_speaking is null, $"{started.ItemId} began while {_speaking} was spoken");
                _speaking = started.ItemId;
                break;
            case ConversationEvent.SpeechStopped stopped:
                That(_speaking == stopped.ItemId, $"{stopped.ItemId} ended while {_speaking ?? "nothing"} was spoken");
                (_speaking, _stopped) = (null, stopped.ItemId);
                break;
            case ConversationEvent.IdleTimeout idle:
                // Silence is an item, and nobody writes it down.
                _silence = idle.ItemId;
                break;
            case ConversationEvent.InputCommitted committed:
                That(_speaking != committed.ItemId, $"{committed.ItemId} was committed while it is still spoken");
                That(_stopped is null || _stopped == committed.ItemId, $"{_stopped} ended and {committed.ItemId} was committed");
                That(_committed.Add(committed.ItemId), $"{committed.ItemId} was committed twice");
                if (committed.ItemId != _silence)
                {
                    _waiting.Add(committed.ItemId);
                }

                _stopped = null;
                break;
            case ConversationEvent.InputCleared:
                (_speaking, _stopped) = (null, null);
                break;
            case ConversationEvent.ItemAdded added when _before is ConversationEvent.InputCommitted committed:
                That(added.Item.Id == committed.ItemId && added.PreviousItemId == committed.PreviousItemId, $"{committed.ItemId} was committed and {added.Item.Id} added");
                break;
            case ConversationEvent.TranscriptPartial partial:
                That(_speaking == partial.ItemId || _waiting.Contains(partial.ItemId), $"a partial transcript of {partial.ItemId}, which nobody speaks");
                break;
            case ConversationEvent.TranscriptCompleted completed:
                That(_waiting.Remove(completed.ItemId), $"{completed.ItemId} was transcribed and did not wait for it");
                break;
            case ConversationEvent.TranscriptFailed failed:
                That(_waiting.Remove(failed.ItemId), $"{failed.ItemId} failed and did not wait for a transcript");
                break;
        }

        That(
            entry.Event is null || _before is not ConversationEvent.InputCommitted || entry.Event is ConversationEvent.ItemAdded,
            $"{_before} was followed by {entry.Event}");
        _before = entry.Event ?? _before;
    }

    public override void Settled(Recording recording)
    {
        That(_waiting.Count == 0, $"{string.Join(", ", _waiting)} got no transcript");
        That(_speaking is null || recording.Log.Take(recording.Settled).Any(entry => entry.Step is Step.Update), $"{_speaking} is still spoken after a long silence");
    }
}
