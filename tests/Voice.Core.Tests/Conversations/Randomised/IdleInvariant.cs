using Voice.Core.Conversations;

namespace Voice.Core.Tests.Conversations.Randomised;

/// <summary>Who is told that nobody speaks was answered before, once for each answer, and nothing goes on; who only listens is never answered.</summary>
internal sealed class IdleInvariant(Script script) : Invariant
{
    private readonly HashSet<string> _running = [];
    private readonly HashSet<string> _outOfBand = [];
    private string? _speaking;
    private string? _timedOut;
    private int _answers;

    public override void See(Entry entry)
    {
        if (_timedOut is { } expected && entry.Event is { } next)
        {
            That(next is ConversationEvent.InputCommitted committed && committed.ItemId == expected, $"the timeout of {expected} was followed by {next}");
            _timedOut = null;
        }

        switch (entry.Event)
        {
            case ConversationEvent.SpeechStarted started:
                _speaking = started.ItemId;
                break;
            case ConversationEvent.SpeechStopped or ConversationEvent.InputCleared:
                _speaking = null;
                break;
            case ConversationEvent.ResponseCreated created:
                That(script.Mode != "transcription", $"{created.Response.Id} answers in a session that only listens");
                (created.Response.OutOfBand ? _outOfBand : _running).Add(created.Response.Id);
                break;
            case ConversationEvent.ResponseDone done when _running.Remove(done.Response.Id):
                _answers++;
                break;
            case ConversationEvent.IdleTimeout idle:
                That(_speaking is null, $"{_speaking} is spoken, and it is taken for silence");
                That(_running.Count == 0, $"{string.Join(", ", _running)} is made, and the user is taken for idle");
                That(_answers > 0, "nobody was answered, or silence was told of twice");
                That(idle.End >= idle.Start, $"silence from {idle.Start} to {idle.End}");
                (_timedOut, _answers) = (idle.ItemId, 0);
                break;
        }
    }
}
