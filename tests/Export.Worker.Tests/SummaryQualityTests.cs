using System.Text.Json;
using Voice.Core.Summaries;
using Xunit.Abstractions;

namespace Voice.Export.Tests;

/// <summary>
/// Against people's summaries of real and written conversations, and against the two things that need no thought: the first sentences,
/// and sentences by chance. A small sample: it shows whether picking beats not picking, not how good the picking is.
/// </summary>
public sealed class SummaryQualityTests(ITestOutputHelper output)
{
    [TestDataFact("text_dialogue/eshopsupport_tickets.jsonl")]
    public void Picked_sentences_are_closer_to_peoples_summaries_than_first_or_random_ones()
    {
        double picked = 0, first = 0, random = 0, picked2 = 0, first2 = 0;
        var conversations = Dialogues.WithReferences().ToList();
        foreach (var (utterances, references) in conversations)
        {
            var summary = ExtractiveSummarizer.Summarize(utterances, "en");
            var sentences = utterances.SelectMany(u => SentenceSplitter.Split(u.Text)).ToList();
            var count = summary.Sentences.Count;
            var text = string.Join(' ', summary.Sentences.Select(s => s.Text));
            var lead = string.Join(' ', sentences.Take(count));
            picked += references.Max(r => Rouge.F1(text, r, 1));
            picked2 += references.Max(r => Rouge.F1(text, r, 2));
            first += references.Max(r => Rouge.F1(lead, r, 1));
            first2 += references.Max(r => Rouge.F1(lead, r, 2));
            var chance = new Random(17);
            random += Enumerable.Range(0, 20).Average(_ => references.Max(r => Rouge.F1(string.Join(' ', chance.GetItems(sentences.ToArray(), count)), r, 1)));
        }

        var n = conversations.Count;
        output.WriteLine($"{n} conversations; ROUGE-1 F1: picked {picked / n:0.000}, first {first / n:0.000}, random {random / n:0.000}; ROUGE-2 F1: picked {picked2 / n:0.000}, first {first2 / n:0.000}");
        Assert.True(picked > first, $"picked {picked / n:0.000}, first {first / n:0.000}");
        Assert.True(picked > random * 1.1, $"picked {picked / n:0.000}, random {random / n:0.000}");
    }

    [TestDataFact("text_dialogue/multiwoz2_2.jsonl")]
    public void Every_sample_is_summarised_in_its_own_words()
    {
        foreach (var (name, utterances) in Dialogues.All())
        {
            var summary = ExtractiveSummarizer.Summarize(utterances, "en");
            output.WriteLine($"== {name}: {utterances.Count} utterances\n{summary.Text}\n-- topics: {string.Join(", ", summary.Topics)}\n-- open: {string.Join(" | ", summary.OpenQuestions)}\n");

            var said = string.Join('\n', utterances.Select(u => string.Join(' ', u.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));
            Assert.InRange(summary.Sentences.Count, 1, 6);
            Assert.All(summary.Sentences, s => Assert.Contains(s.Text, said));
            Assert.NotEmpty(summary.Topics);
        }
    }
}
