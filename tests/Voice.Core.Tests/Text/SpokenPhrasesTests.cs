using Voice.Core.Text;
using Xunit.Abstractions;

namespace Voice.Core.Tests.Text;

public sealed class SpokenPhrasesTests(ITestOutputHelper output)
{
    /// <param name="cut">Percent of the unfinished phrases that may be taken for whole sentences: their speaker would be cut off.</param>
    /// <param name="slow">Percent of the sentences that may not be known as such: their speaker waits longer.</param>
    [Theory]
    [InlineData("english", "en", 3, 10)]
    [InlineData("english.unseen", "en", 6, 14)]
    [InlineData("spanish", "es", 3, 14)]
    [InlineData("spanish.unseen", "es", 6, 16)]
    [InlineData("korean", "ko", 0, 7)]
    [InlineData("korean.unseen", "ko", 1, 6)]
    public void Unfinished_phrases_are_waited_for_and_whole_sentences_are_answered(string set, string language, double cut, double slow)
    {
        var phrases = SpokenPhrases.Read(set);
        var (unfinished, finished) = (SpokenPhrases.Grades(phrases.Unfinished, language), SpokenPhrases.Grades(phrases.Finished, language));
        output.WriteLine($"{set}: of unfinished phrases {string.Join('/', unfinished)}, of sentences {string.Join('/', finished)} are unfinished/open/likely/finished");
        if (!set.EndsWith(".unseen", StringComparison.Ordinal))
        {
            Tell("cut off", phrases.Unfinished.Where(phrase => UtteranceCompleteness.Of(phrase, language) >= Completeness.Likely));
            Tell("slow", phrases.Finished.Where(phrase => UtteranceCompleteness.Of(phrase, language) <= Completeness.Open));
        }

        Assert.InRange(Percent(unfinished[2] + unfinished[3], unfinished), 0, cut);
        Assert.InRange(Percent(finished[0] + finished[1], finished), 0, slow);
    }

    [Theory]
    [InlineData("english", "en")]
    [InlineData("english.unseen", "en")]
    [InlineData("spanish", "es")]
    [InlineData("spanish.unseen", "es")]
    [InlineData("korean", "ko")]
    [InlineData("korean.unseen", "ko")]
    public void A_full_stop_makes_a_sentence_more_finished_and_few_phrases_that_are_none_whole(string set, string language)
    {
        var phrases = SpokenPhrases.Read(set);
        var unfinished = SpokenPhrases.Grades(phrases.Unfinished.Select(SpokenPhrases.Punctuate), language);

        Assert.InRange(Percent(unfinished[3], unfinished), 0, 6);
        Assert.All(phrases.Finished, phrase => Assert.True(UtteranceCompleteness.Of(SpokenPhrases.Punctuate(phrase), language) >= UtteranceCompleteness.Of(phrase, language), phrase));
    }

    [Theory]
    [InlineData("english", "en")]
    [InlineData("spanish", "es")]
    [InlineData("korean", "ko")]
    public void Words_in_any_order_have_a_grade(string set, string language)
    {
        // A recogniser hears anything; the commonest words of all sets, so that the rules meet each other.
        string[] words = [.. SpokenPhrases.Read(set).Finished.Concat(SpokenPhrases.Read($"{set}.unseen").Finished).SelectMany(phrase => phrase.Split(' ')).Distinct()];
        var random = new Random(7);
        for (var i = 0; i < 30_000; i++)
        {
            var text = string.Join(' ', Enumerable.Range(0, random.Next(1, i % 2 == 0 ? 4 : 9)).Select(_ => words[random.Next(words.Length)]));
            var error = Record.Exception(() => UtteranceCompleteness.Of(text, language));
            Assert.True(error is null, $"{text}: {error}");
        }
    }

    private static double Percent(int count, int[] of) => 100.0 * count / of.Sum();

    private void Tell(string title, IEnumerable<string> phrases)
    {
        foreach (var phrase in phrases)
        {
            output.WriteLine($"{title}: {phrase}");
        }
    }
}
