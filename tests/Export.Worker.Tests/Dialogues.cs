using System.Text.Json;
using Voice.Core.Summaries;

namespace Voice.Export.Tests;

/// <summary>The conversations of the test data, in one form.</summary>
internal static class Dialogues
{
    public static IEnumerable<(IReadOnlyList<Utterance> Utterances, IReadOnlyList<string> References)> WithReferences()
    {
        foreach (var ticket in Lines("eshopsupport_tickets.jsonl"))
        {
            yield return (Tickets(ticket), [ticket.GetProperty("LongSummary").GetString()!]);
        }

        foreach (var talk in Lines("dialogsum.jsonl"))
        {
            yield return (DialogSum(talk), [talk.GetProperty("summary").GetString()!]);
        }

        foreach (var talk in Lines("tweetsumm.jsonl"))
        {
            var references = talk.GetProperty("summaries").GetProperty("extractive_summaries").EnumerateArray()
                .Select(summary => string.Join(' ', summary.EnumerateArray().SelectMany(Sentences)));
            yield return (Tweets(talk), [.. references]);
        }
    }

    public static IEnumerable<(string Name, IReadOnlyList<Utterance> Utterances)> All() =>
    [
        .. Lines("eshopsupport_tickets.jsonl").Take(4).Select(t => ("ticket", Tickets(t))),
        .. Lines("dialogsum.jsonl").Select(t => ("dialogsum", DialogSum(t))),
        .. Lines("tweetsumm.jsonl").Select(t => ("tweets", Tweets(t))),
        .. Lines("multiwoz2_2.jsonl").Select(t => ("multiwoz", Utterances(
            t.GetProperty("turns").EnumerateArray().Select(u => (u.GetProperty("speaker").GetString() == "USER", u.GetProperty("utterance").GetString()!))))),
        .. Lines("taskmaster3.jsonl").Select(t => ("taskmaster", Utterances(
            t.GetProperty("utterances").EnumerateArray().Select(u => (u.GetProperty("speaker").GetString() == "user", u.GetProperty("text").GetString()!))))),
        .. Lines("abcd.jsonl").Select(t => ("abcd", Utterances(
            t.GetProperty("original").EnumerateArray().Where(u => u[0].GetString() != "action").Select(u => (u[0].GetString() == "customer", u[1].GetString()!))))),
        .. Lines("azure_call_center_input.jsonl").Select(t => ("call centre", Utterances(
            t.GetProperty("analysisInput").GetProperty("conversations")[0].GetProperty("conversationItems").EnumerateArray()
                .Select(u => (u.GetProperty("participantId").GetString() == "Customer", u.GetProperty("text").GetString()!))))),
    ];

    private static IEnumerable<JsonElement> Lines(string file) =>
        TestData.Path("text_dialogue/" + file) is { } path ? File.ReadLines(path).Select(line => JsonSerializer.Deserialize<JsonElement>(line)) : [];

    private static IReadOnlyList<Utterance> Tickets(JsonElement ticket) => Utterances(
        ticket.GetProperty("Messages").EnumerateArray().Select(m => (m.GetProperty("IsCustomerMessage").GetBoolean(), m.GetProperty("Text").GetString()!)));

    private static IReadOnlyList<Utterance> DialogSum(JsonElement talk) => Utterances(
        talk.GetProperty("dialogue").GetString()!.Split('\n').Select(line => line.Split(": ", 2)).Select(parts => (parts[0] == "#Person2#", parts[1])));

    private static IReadOnlyList<Utterance> Tweets(JsonElement talk) => Utterances(
        talk.GetProperty("dialog").GetProperty("turns").EnumerateArray().Select(t => (!t.GetProperty("is_agent").GetBoolean(), string.Join(' ', Sentences(t)))));

    private static IEnumerable<string> Sentences(JsonElement turn) => turn.GetProperty("sentences").EnumerateArray().Select(s => s.GetString()!);

    private static IReadOnlyList<Utterance> Utterances(IEnumerable<(bool User, string Text)> said)
    {
        var turn = 0;
        return [.. said.Select(s => new Utterance(s.User ? ++turn : Math.Max(turn, 1), s.User ? Speakers.User : Speakers.Assistant, s.Text))];
    }
}
