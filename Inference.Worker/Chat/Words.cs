using System.Text.RegularExpressions;

namespace Voice.Inference.Chat;

/// <summary>Words of a text, their stems, and the few that say nothing about a topic.</summary>
internal static partial class Words
{
    private static readonly HashSet<string> Empty = [.. """
        a about above after again all also am an and any are as at be because been before being but by can could did do does doing don't done for from get
        go going got had has have having he her here hers him his how i i'd i'll i'm i've if in into is isn't it it's its just know let like me mine my need no not of off
        okay ok on one or our out over please really right said say see she should so some sure tell than that that's the their them then there these they thing
        this those to too uh um up us very want wanna was we well were what what's when where which who whom why will with would yes yeah you your you're yours
        long soon often kind way help today time far actually maybe hello hi hey thanks thank question wondering wonder ask asking give much many make take able every anything something
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];

    // One line per idea; the first word stands for all. Small on purpose: a clinic, a shop and an office ask alike.
    private static readonly Dictionary<string, string> Synonyms = """
        hour open close opening closing closed opened schedule shut
        address location located locate directions street find
        park parking car garage
        cost price pay payment fee charge expensive afford bill billing copay
        insurance insured insurer coverage cover medicare medicaid insurances plan
        appointment book booking reschedule visit slot appointments
        cancel cancellation cancelling canceled cancelled
        doctor physician provider practitioner doctors
        prescription refill medication medicine pill drug renewal prescriptions
        result results lab labs laboratory test tests
        vaccine vaccination vaccinations shot shots immunization jab flu
        emergency urgent ambulance emergencies
        phone telephone call number
        email mail e-mail
        weekend saturday sunday
        child kid kids children baby son daughter pediatric
        """.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is var group ? group.Select(word => (Stem: Stem(word), First: Stem(group[0]))) : [])
        .GroupBy(pair => pair.Stem)
        .ToDictionary(group => group.Key, group => group.First().First);

    public static IEnumerable<string> All(string text) => Word().Matches(text.ToLowerInvariant().Replace('’', '\'')).Select(m => m.Value);

    /// <summary>Stems of the words that carry meaning, synonyms folded.</summary>
    public static IEnumerable<string> Content(string text) =>
        All(text).Where(word => !Empty.Contains(word)).Select(Canonical);

    public static string Canonical(string word) => Synonyms.GetValueOrDefault(Stem(word)) ?? Stem(word);

    /// <summary>A light suffix stripper: enough that "opening", "opens" and "opened" meet.</summary>
    public static string Stem(string word)
    {
        word = word.EndsWith("'s", StringComparison.Ordinal) ? word[..^2] : word;
        if (word.Length <= 3 || !char.IsAsciiLetterLower(word[0]))
        {
            return word;
        }

        string[] suffixes = ["ations", "ation", "ings", "ing", "ments", "ment", "ies", "ied", "ed", "es", "er", "ly", "s", "y", "e"];
        foreach (var suffix in suffixes)
        {
            if (word.Length - suffix.Length >= 3 && word.EndsWith(suffix, StringComparison.Ordinal) && !(suffix == "s" && word.EndsWith("ss", StringComparison.Ordinal)))
            {
                var stem = word[..^suffix.Length];
                return suffix is "ies" or "ied" ? stem : Undouble(stem.EndsWith('e') ? stem[..^1] : stem);
            }
        }

        return word;
    }

    private static string Undouble(string stem) =>
        stem.Length > 3 && stem[^1] == stem[^2] && stem[^1] is not ('l' or 's') ? stem[..^1] : stem;

    [GeneratedRegex(@"[\p{L}\d]+(?:'[\p{L}]+)?")]
    private static partial Regex Word();
}
