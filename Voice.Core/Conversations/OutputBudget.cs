using Voice.Core.Providers;

namespace Voice.Core.Conversations;

/// <summary>What of a response's next words or audio is within <c>max_output_tokens</c>, counted as usage counts. Under the conversation's gate.</summary>
internal static class OutputBudget
{
    private const int BytesPerAudioToken = ISpeechSynthesizer.SampleRate * sizeof(short) / ResponseUsage.AudioTokensPerSecond;

    /// <summary>Cut between words.</summary>
    public static string Fit(ActiveResponse response, string text)
    {
        if (Left(response) is not { } left || ResponseUsage.TextTokens(text) <= left)
        {
            return text;
        }

        // Of what is cut a space tells where the last word ended.
        var end = left <= 0 ? 0 : text.LastIndexOf(' ', left * ResponseUsage.CharactersPerTextToken);
        return end <= 0 ? string.Empty : text[..end];
    }

    public static ReadOnlyMemory<byte> Fit(ActiveResponse response, ReadOnlyMemory<byte> pcm) =>
        Left(response) is not { } left ? pcm : pcm[..(int)Math.Clamp((long)left * BytesPerAudioToken, 0, pcm.Length)];

    private static int? Left(ActiveResponse response) => response.MaxOutputTokens is { } limit
        ? limit - response.SpentTokens - response.OutputTextTokens - ResponseUsage.AudioTokens(response.Ledger.Sent)
        : null;
}
