using Voice.Core.Providers;

namespace Voice.Inference.Providers.Deepgram;

/// <summary>Deepgram's messages, read.</summary>
internal static class DeepgramFrames
{
    /// <summary>Fails with <see cref="ProviderException"/> for what is no message.</summary>
    public static DeepgramMessage ParseLive(ReadOnlySpan<byte> utf8) => ProviderBody.Parse(utf8, DeepgramWire.Default.DeepgramMessage, DeepgramAccount.Who);

    public static DeepgramFile ParseFile(ReadOnlySpan<byte> utf8) => ProviderBody.Parse(utf8, DeepgramWire.Default.DeepgramFile, DeepgramAccount.Who);

    /// <param name="origin">Seconds that are taken off the times.</param>
    public static List<TranscribedWord> Words(IReadOnlyList<DeepgramWord?>? words, double origin = 0) =>
    [
        .. from word in words ?? []
           where word?.Word is not null
           let start = Math.Max(0, Measured.Seconds(word.Start) - origin)
           select new TranscribedWord(word.PunctuatedWord ?? word.Word!, start, Math.Max(start, Measured.Seconds(word.End) - origin), Measured.Confidence(word.Confidence)),
    ];
}
