using Voice.Inference.Decoding;

namespace Voice.Inference.Tests;

public sealed class PromptModelTests
{
    [Fact]
    public void A_prompt_becomes_sentences_as_they_are_spoken()
    {
        var sentences = PromptModel.Sentences("## Opening hours\nWe open at 8 a.m. and Dr. Lee's here. Call 555 0142!");

        Assert.Equal(["opening hours", "we open at eight a m and dr lee's here", "call five hundred fifty five zero one four two"], sentences.Select(s => string.Join(' ', s)));
    }

    [Fact]
    public void The_model_has_consistent_counts_and_probabilities()
    {
        var arpa = PromptModel.Write([["we", "are", "open"], ["we", "are", "closed"]], _ => true);

        Assert.Contains("ngram 1=6\n", arpa);
        Assert.Contains("ngram 2=6\n", arpa);
        Assert.Contains("ngram 3=5\n", arpa);
        Assert.EndsWith("\\end\\\n", arpa);

        // After a history, what was seen and what is left for the unseen make one.
        var seen = Lines(arpa, "\\2-grams:").Where(l => l[1].StartsWith("are ")).Sum(l => Math.Pow(10, double.Parse(l[0])));
        Assert.InRange(seen, 0.5, 1);
    }

    [Fact]
    public void A_sentence_is_cut_at_a_word_that_cannot_be_pronounced()
    {
        var arpa = PromptModel.Write([["hello", "xyzzy", "world"]], word => word != "xyzzy");

        Assert.DoesNotContain("xyzzy", arpa);
        Assert.Contains("<s> hello", arpa);
    }

    private static IEnumerable<string[]> Lines(string arpa, string section) =>
        arpa[(arpa.IndexOf(section, StringComparison.Ordinal) + section.Length + 1)..].Split('\n').TakeWhile(l => l.Length > 0)
            .Select(l => l.Split(' ', 2)).Select(p => new[] { p[0], p[1] });
}
