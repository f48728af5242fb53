using System.Text;

namespace Voice.Inference.Chat;

/// <summary>
/// Finds the term of a vocabulary that a heard word stands for: itself, a word that sounds the same, or one that is spelt nearly the same.
/// Speech recognition writes "parking" as "barking" and "prescription" as "perception".
/// </summary>
internal sealed class TermMatcher(IReadOnlyCollection<string> vocabulary)
{
    private const double SoundsAlike = 0.7;
    private const double NearlyAlike = 0.55;

    private readonly ILookup<string, string> _bySound = vocabulary.ToLookup(Sound);

    public (string Term, double Similarity)? Find(string word)
    {
        if (vocabulary.Contains(word))
        {
            return (word, 1);
        }

        if (word.Length < 4 || char.IsDigit(word[0]))
        {
            return null;
        }

        if (_bySound[Sound(word)].FirstOrDefault(term => term.Length >= 4) is { } alike)
        {
            return (alike, SoundsAlike);
        }

        var allowed = word.Length >= 7 ? 2 : 1;
        var nearest = vocabulary
            .Where(term => term.Length >= 4 && Math.Abs(term.Length - word.Length) <= allowed)
            .Select(term => (Term: term, Distance: Distance(term, word)))
            .Where(candidate => candidate.Distance <= allowed)
            .OrderBy(candidate => candidate.Distance)
            .FirstOrDefault();
        return nearest.Term is null ? null : (nearest.Term, NearlyAlike);
    }

    /// <summary>Consonants in classes, vowels only at the start, nothing twice: "fizishun" and "physician" agree.</summary>
    private static string Sound(string word)
    {
        var key = new StringBuilder(word.Length);
        foreach (var c in word.Replace("ph", "f").Replace("ck", "k").Replace("gh", "g"))
        {
            var sound = c switch
            {
                'a' or 'e' or 'i' or 'o' or 'u' or 'y' => key.Length == 0 ? 'a' : '\0',
                'b' or 'p' => 'p',
                'c' or 'k' or 'q' or 'g' or 'x' => 'k',
                'd' or 't' => 't',
                'f' or 'v' => 'f',
                's' or 'z' or 'j' => 's',
                'm' or 'n' => 'n',
                'h' or 'w' => '\0',
                _ => c,
            };
            if (sound != '\0' && (key.Length == 0 || key[^1] != sound))
            {
                key.Append(sound);
            }
        }

        return key.ToString();
    }

    private static int Distance(string a, string b)
    {
        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
