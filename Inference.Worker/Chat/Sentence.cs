using System.Text.RegularExpressions;

namespace Voice.Inference.Chat;

/// <summary>Sentences of a text.</summary>
internal static partial class Sentence
{
    public static List<string> Split(string text) =>
        [.. Boundary().Split(text.ReplaceLineEndings(" ")).Select(s => s.Trim()).Where(s => s.Length > 0)];

    // Not after "Dr." and the like, nor between "a.m." and a lower-case word.
    [GeneratedRegex(@"(?<!\b(?:Dr|Mr|Mrs|Ms|St|No|a\.m|p\.m)\.)(?<=[.!?])\s+(?=[\p{Lu}\d""'(])|(?<=[。？！])\s*")]
    private static partial Regex Boundary();
}
