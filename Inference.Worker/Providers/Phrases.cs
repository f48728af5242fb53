namespace Voice.Inference.Providers;

/// <summary>A prompt as the list of words and phrases that speech services want.</summary>
internal static class Phrases
{
    private const int Longest = 100;

    /// <param name="most">Of the service.</param>
    public static IReadOnlyList<string> Of(string? prompt, int most) => prompt is null ? [] :
    [
        .. prompt.Split(['\r', '\n', ',', ';', '.', '?', '!', ':', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(phrase => phrase.Length <= Longest)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Take(most),
    ];
}
