using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Voice.Core.Summaries;

/// <summary>One spelling for comparison: lower case, no accents, straight apostrophes. Korean syllables stay whole.</summary>
internal static partial class Fold
{
    public static string Text(string text)
    {
        // Addresses and handles name nothing that was talked about.
        var decomposed = Addresses().Replace(text, " ").Normalize(NormalizationForm.FormD);
        var builder = new StringBuilder(decomposed.Length);
        foreach (var c in decomposed)
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
            {
                builder.Append(c is '\u2019' or '\u2018' ? '\'' : char.ToLowerInvariant(c));
            }
        }

        return builder.ToString().Normalize(NormalizationForm.FormC);
    }

    [GeneratedRegex(@"https?://\S+|(?<=^|\s)@\w+")]
    private static partial Regex Addresses();
}
