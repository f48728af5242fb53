using System.Text.RegularExpressions;

namespace Voice.Core.Safety;

/// <summary>One way of saying it. <see cref="Negatable"/> rules do not count when they are denied ("I would never ..."); the others carry their own "not".</summary>
internal sealed record CrisisRule(string Category, string Severity, Regex Pattern, bool Negatable)
{
    public static CrisisRule Crisis(string category, string pattern, bool negatable = true) => new(category, CrisisSeverities.Crisis, Compile(pattern), negatable);

    public static CrisisRule Concern(string category, string pattern, bool negatable = true) => new(category, CrisisSeverities.Concern, Compile(pattern), negatable);

    // Linear time whatever the text: what people say is hostile input too.
    public static Regex Compile(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
}
