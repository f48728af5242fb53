using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Voice.Inference.Decoding;

/// <summary>
/// A trigram language model of a call's own vocabulary, from the text of its prompt: Witten-Bell smoothed, in ARPA form. Names and terms of
/// an agent's knowledge become as likely as they are in its calls.
/// </summary>
internal static partial class PromptModel
{
    private const string Start = "<s>";
    private const string End = "</s>";
    private const int MaxSentenceWords = 60;

    /// <summary>Sentences of the prompt as spoken words.</summary>
    public static List<string[]> Sentences(string prompt) =>
        [.. SentenceEnd().Split(prompt.ToLowerInvariant().Replace('’', '\''))
            .Select(SpokenWords)
            .Where(words => words.Length > 0)
            .SelectMany(words => words.Chunk(MaxSentenceWords))];

    /// <param name="known">Whether a word has a pronunciation; a sentence is cut where one has none.</param>
    public static string Write(IEnumerable<string[]> sentences, Func<string, bool> known)
    {
        var counts = new[] { new Dictionary<string, int>(), new Dictionary<string, int>(), new Dictionary<string, int>() };
        foreach (var words in sentences.SelectMany(sentence => Runs(sentence, known)))
        {
            Count(counts, [Start, .. words, End]);
        }

        return Write(counts);
    }

    private static void Count(Dictionary<string, int>[] counts, string[] words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            for (var n = 1; n <= 3 && n <= i + 1; n++)
            {
                var gram = string.Join(' ', words, i - n + 1, n);
                counts[n - 1][gram] = counts[n - 1].GetValueOrDefault(gram) + 1;
            }
        }
    }

    /// <summary>
    /// Witten-Bell: a history that was seen c times before t kinds of words gives each of them count/(c+t) and leaves t/(c+t) to the
    /// shorter history.
    /// </summary>
    private static string Write(Dictionary<string, int>[] counts)
    {
        var histories = new Dictionary<string, (int Count, int Kinds)>();
        foreach (var (gram, count) in counts[1].Concat(counts[2]))
        {
            var history = gram[..gram.LastIndexOf(' ')];
            var (c, t) = histories.GetValueOrDefault(history);
            histories[history] = (c + count, t + 1);
        }

        var words = counts[0].Where(w => w.Key != Start).ToList();
        var (total, kinds) = ((double)words.Sum(w => w.Value), words.Count);
        var arpa = new StringBuilder("\\data\\\n");
        for (var n = 1; n <= 3; n++)
        {
            arpa.Append(CultureInfo.InvariantCulture, $"ngram {n}={counts[n - 1].Count}\n");
        }

        double Unigram(string word) => word == Start ? 0 : (counts[0][word] + 1.0) / (total + kinds);
        double BackOff(string history) => histories.TryGetValue(history, out var h) ? (double)h.Kinds / (h.Count + h.Kinds) : 1;
        double Bigram(string history, string word, int count) =>
            histories[history] is var h ? (count + (h.Kinds * Unigram(word))) / (h.Count + h.Kinds) : 0;

        arpa.Append("\n\\1-grams:\n");
        foreach (var word in counts[0].Keys.Order(StringComparer.Ordinal))
        {
            Append(arpa, word == Start ? 1e-10 : Unigram(word), word, BackOff(word));
        }

        arpa.Append("\n\\2-grams:\n");
        foreach (var (gram, count) in counts[1].OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var parts = gram.Split(' ');
            Append(arpa, Bigram(parts[0], parts[1], count), gram, BackOff(gram));
        }

        arpa.Append("\n\\3-grams:\n");
        foreach (var (gram, count) in counts[2].OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var parts = gram.Split(' ');
            var shorter = $"{parts[1]} {parts[2]}";
            var (c, t) = histories[$"{parts[0]} {parts[1]}"];
            Append(arpa, (count + (t * Bigram(parts[1], parts[2], counts[1][shorter]))) / (c + t), gram, null);
        }

        return arpa.Append("\n\\end\\\n").ToString();
    }

    private static void Append(StringBuilder arpa, double probability, string gram, double? backOff)
    {
        arpa.Append(CultureInfo.InvariantCulture, $"{Math.Log10(Math.Clamp(probability, 1e-10, 1)):0.0000} {gram}");
        arpa.Append(backOff is { } weight ? string.Create(CultureInfo.InvariantCulture, $" {Math.Log10(Math.Clamp(weight, 1e-6, 1)):0.0000}\n") : "\n");
    }

    private static IEnumerable<string[]> Runs(string[] sentence, Func<string, bool> known)
    {
        var run = new List<string>();
        foreach (var word in sentence)
        {
            if (known(word))
            {
                run.Add(word);
            }
            else if (run.Count > 0)
            {
                yield return [.. run];
                run = [];
            }
        }

        if (run.Count > 0)
        {
            yield return [.. run];
        }
    }

    private static string[] SpokenWords(string sentence) =>
        [.. Word().Matches(Abbreviation().Replace(sentence, "$1 m")).SelectMany(m => char.IsAsciiDigit(m.Value[0]) ? SpokenNumber.Words(m.Value) : [m.Value.Trim('\'')]).Where(w => w.Length > 0)];

    [GeneratedRegex(@"(?<!\b(?:dr|mr|mrs|ms|st|a\.m|p\.m))[.!?](?:\s|$)|[\n:;#]")]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"\b([ap])\.\s?m\b\.?")]
    private static partial Regex Abbreviation();

    [GeneratedRegex(@"\d+|[a-z']+")]
    private static partial Regex Word();
}
