using System.Text;
using Microsoft.Extensions.AI;
using Voice.Core.Conversations;

namespace Voice.Core.Tests.Conversations.Randomised;

/// <summary>What a client saw, with the steps of the script in their places.</summary>
/// <param name="Settled">Entries before the conversation was ended.</param>
/// <param name="Wrong">What was found wrong while it was played.</param>
internal sealed record Recording(Script Script, IReadOnlyList<Entry> Log, int Settled, IReadOnlyList<IReadOnlyList<ChatMessage>> Calls, List<string> Wrong)
{
    public override string ToString()
    {
        var text = new StringBuilder();
        var start = Log.Count == 0 ? default : Log[0].At;
        foreach (var entry in Log)
        {
            text.Append($"{(entry.At - start).TotalSeconds,9:0.000}  ").AppendLine(entry.Step is { } step ? $"--- {step}" : Describe(entry.Event!));
        }

        return text.ToString();
    }

    private static string Describe(ConversationEvent next) => next switch
    {
        ConversationEvent.ItemAdded added => $"ItemAdded {Describe(added.Item)} after {added.PreviousItemId}",
        ConversationEvent.ItemDone done => $"ItemDone {Describe(done.Item)} after {done.PreviousItemId}",
        ConversationEvent.ItemRetrieved retrieved => $"ItemRetrieved {Describe(retrieved.Item)}",
        ConversationEvent.OutputItemAdded added => $"OutputItemAdded {added.ResponseId} {Describe(added.Item)}",
        ConversationEvent.OutputItemDone done => $"OutputItemDone {done.ResponseId} {Describe(done.Item)}",
        ConversationEvent.ResponseCreated created => $"ResponseCreated {created.Response.Id}",
        ConversationEvent.ResponseDone done => $"ResponseDone {done.Response.Id} {done.Response.Status} {done.Response.End} {done.Response.Usage}",
        ConversationEvent.AudioDelta audio => $"AudioDelta {audio.ResponseId} {audio.ItemId} {audio.Pcm.Length} at {audio.At?.TotalSeconds:0.000}",
        ConversationEvent.Latency latency => $"Latency {latency.TurnId} {latency.ResponseId} {string.Join(' ', latency.Milliseconds.Where(stage => stage.Key != Stages.Safety))}",
        ConversationEvent.TurnAnswered turn => $"TurnAnswered {Describe(turn.Turn)}",
        ConversationEvent.TurnRecorded turn => $"TurnRecorded {Describe(turn.Turn)}",
        ConversationEvent.Trouble trouble => $"Trouble {trouble.Stage} {trouble.Exception.Message}",
        _ => next.ToString(),
    };

    private static string Describe(ConversationItem item) => item is ConversationItem.Message message ? $"{item.Id} {message.Role} {item.Status} '{item.Text}'" : $"{item}";

    private static string Describe(TurnSummary turn) => $"{turn.Id} {turn.Sequence} '{turn.Transcript}' -> '{turn.Reply}'";
}
