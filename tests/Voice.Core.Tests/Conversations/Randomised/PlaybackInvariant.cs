using Voice.Core.Audio;
using Voice.Core.Conversations;
using Voice.Core.Providers;

namespace Voice.Core.Tests.Conversations.Randomised;

/// <summary>
/// A client that plays at once, and is silent when it is told of speech, heard what the record says: the words of the reply before
/// that moment, give or take the word in which it was.
/// </summary>
internal sealed class PlaybackInvariant(Script script) : Invariant
{
    private readonly List<Reply> _replies = [];
    private bool _interrupts = script.Settings.TurnDetection is { InterruptResponse: true };
    private bool _readLate;
    private bool _clientCuts;

    public override void See(Entry entry)
    {
        switch (entry)
        {
            case { Step: Step.Reading { On: false } }:
                _readLate = true;
                break;
            case { Step: Step.Truncate or Step.Delete }:
                _clientCuts = true;
                break;
            case { Event: ConversationEvent.ResponseCreated created }:
                _replies.Add(new Reply(created.Response.Id));
                break;
            case { Event: ConversationEvent.OutputItemAdded { Item: ConversationItem.Message { Filler: true } } filler } when Find(filler.ResponseId) is { } waiting:
                waiting.Filled = true;
                break;
            case { Event: ConversationEvent.OutputItemAdded { Item: ConversationItem.Message { Continues: { } before } } rest }:
                Continue(before, rest.ResponseId, rest.Item.Id);
                break;
            case { Event: ConversationEvent.CallDone call } when Find(call.ResponseId) is { } asks:
                // The client's tools; the rest of the reply is in the response that follows.
                asks.Filled = true;
                break;
            case { Event: ConversationEvent.OutputItemAdded added } when Find(added.ResponseId) is { } begun:
                begun.Items.Add(added.Item.Id);
                break;
            case { Event: ConversationEvent.TextDelta delta }:
                Find(delta.ResponseId)?.Clauses.Add(new Clause(delta.Delta.Trim()));
                break;
            case { Event: ConversationEvent.TextDone done } when Find(done.ResponseId) is { } told && !string.Join(' ', told.Clauses.Select(clause => clause.Text)).EndsWith(done.Text, StringComparison.Ordinal):
                // A limit cut its last clause: how much of that is in its audio nobody knows.
                told.Filled = true;
                break;
            case { Event: ConversationEvent.AudioDelta { At: not null } audio }:
                Play(audio, entry.At);
                break;
            case { Step: Step.Update update }:
                _interrupts = update.Detection is { InterruptResponse: true };
                break;
            case { Event: ConversationEvent.SpeechStarted } when _interrupts:
                _replies.FindAll(reply => reply.Clauses.Any(clause => clause.Blocks.Count > 0)).ForEach(reply => reply.StoppedAt ??= entry.At);
                break;
            case { Event: ConversationEvent.Latency latency } when Find(latency.ResponseId) is { } first:
                first.TurnId = latency.TurnId;
                break;
            case { Event: ConversationEvent.TurnRecorded recorded }:
                Check(recorded.Turn);
                break;
        }
    }

    private Reply? Find(string id) => _replies.Find(reply => reply.Id == id);

    private void Play(ConversationEvent.AudioDelta audio, DateTimeOffset at)
    {
        if (Find(audio.ResponseId) is not { Clauses.Count: > 0 } reply)
        {
            return;
        }

        // After what plays already; a player that has run dry begins again when there is something.
        var before = _replies.TakeWhile(other => other != reply).Select(other => other.PlaysUntil).DefaultIfEmpty().Max();
        var start = new[] { at, before, reply.PlaysUntil }.Max();
        reply.Clauses[^1].Blocks.Add((start, start + Pcm16.Duration(audio.Pcm.Length, ISpeechSynthesizer.SampleRate)));
    }

    /// <summary>A reply that was interrupted falsely goes on in a response of its own.</summary>
    private void Continue(string before, string responseId, string itemId)
    {
        if (Find(responseId) is { } rest && _replies.Find(reply => reply.Items.Contains(before)) is { } first)
        {
            rest.Items.Add(itemId);
            rest.First = first.First ?? first;
        }
    }

    private void Check(TurnSummary turn)
    {
        if (_readLate || _clientCuts || _replies.Find(reply => reply.TurnId == turn.Id) is not { } reply)
        {
            return;
        }

        Reply[] parts = [reply, .. _replies.Where(rest => rest.First == reply)];
        if (parts.Any(part => part.Filled))
        {
            return;
        }

        var all = string.Join(' ', reply.Clauses.Select(clause => clause.Text));
        That(parts.Length > 1 || all.StartsWith(turn.Reply, StringComparison.Ordinal), $"turn {turn.Sequence}: '{turn.Reply}' is no beginning of '{all}'");
        if (parts[^1].StoppedAt is not null)
        {
            var heard = parts.Sum(part => part.Clauses.Sum(clause => clause.Words * clause.Heard(part.StoppedAt ?? DateTimeOffset.MaxValue)));
            var recorded = Clause.Count(turn.Reply);
            // Of a clause whose speech was still being made nobody knows how long it would have been.
            var unsure = parts.Sum(part => 1 + (part.Clauses.Count > 0 && part.Clauses[^1].Heard(part.StoppedAt ?? DateTimeOffset.MaxValue) > 0 ? part.Clauses[^1].Words : 0));
            That(Math.Abs(heard - recorded) <= 1 + unsure, $"turn {turn.Sequence}: {heard:0.0} words were heard, {recorded} are recorded: '{turn.Reply}' of '{all}'");
        }
    }

    private sealed class Reply(string id)
    {
        public string Id { get; } = id;

        public List<string> Items { get; } = [];

        /// <summary>What this goes on with.</summary>
        public Reply? First { get; set; }

        public string? TurnId { get; set; }

        /// <summary>Holds words that are no part of the turn's reply, or not all of them.</summary>
        public bool Filled { get; set; }

        public List<Clause> Clauses { get; } = [];

        /// <summary>When the client fell silent.</summary>
        public DateTimeOffset? StoppedAt { get; set; }

        public DateTimeOffset PlaysUntil =>
            Clauses.SelectMany(clause => clause.Blocks).Select(block => block.End).DefaultIfEmpty().Max() is var end && StoppedAt is { } stopped && stopped < end ? stopped : end;
    }

    private sealed class Clause(string text)
    {
        public string Text { get; } = text;

        public int Words { get; } = Count(text);

        public List<(DateTimeOffset Start, DateTimeOffset End)> Blocks { get; } = [];

        public static int Count(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;

        /// <summary>The share of its audio that was played by then.</summary>
        public double Heard(DateTimeOffset by)
        {
            var all = Blocks.Sum(block => (block.End - block.Start).TotalSeconds);
            return all == 0 ? 0 : Blocks.Sum(block => Math.Clamp((by - block.Start).TotalSeconds, 0, (block.End - block.Start).TotalSeconds)) / all;
        }
    }
}
