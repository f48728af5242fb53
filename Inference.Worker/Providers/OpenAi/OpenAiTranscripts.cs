using Voice.Core.Providers;
using Voice.Inference.Transcription;

namespace Voice.Inference.Providers.OpenAi;

/// <summary>Transcripts of servers of OpenAI's shape, read.</summary>
internal static class OpenAiTranscripts
{
    public static OpenAiTranscript Parse(ReadOnlySpan<byte> utf8, string who) => ProviderBody.Parse(utf8, OpenAiTranscriptWire.Default.OpenAiTranscript, who);

    public static OpenAiTranscriptEvent ParseEvent(ReadOnlySpan<byte> utf8, string who) => ProviderBody.Parse(utf8, OpenAiTranscriptWire.Default.OpenAiTranscriptEvent, who);

    public static OpenAiRealtimeEvent ParseRealtime(ReadOnlySpan<byte> utf8, string who) => ProviderBody.Parse(utf8, OpenAiTranscriptWire.Default.OpenAiRealtimeEvent, who);

    public static IReadOnlyList<TranscribedSegment> Segments(OpenAiTranscript transcript, double duration, bool wordTimes, string who)
    {
        if (transcript.Segments is not { Count: > 0 } segments)
        {
            var text = (transcript.Text ?? throw ProviderBody.Unreadable(who)).Trim();
            return text.Length == 0 ? [] : [new(0, duration, text, null, wordTimes ? Words(transcript.Words, null) : [])];
        }

        var all = wordTimes ? Words(transcript.Words, null) : [];
        return
        [
            .. from segment in segments
               where !string.IsNullOrWhiteSpace(segment?.Text)
               let start = Measured.Seconds(segment.Start)
               let end = Math.Max(start, Measured.Seconds(segment.End))
               let confidence = Confidence(segment.AvgLogprob)
               let own = wordTimes ? Words(segment.Words, confidence) : []
               orderby start
               select new TranscribedSegment(start, end, segment.Text!.Trim(), confidence, own.Count > 0 ? own : Within(all, start, end, confidence)),
        ];
    }

    /// <summary>A word belongs to where its middle is.</summary>
    private static List<TranscribedWord> Within(List<TranscribedWord> words, double start, double end, double? confidence) =>
    [
        .. from word in words
           let middle = (word.Start + word.End) / 2
           where middle >= start && middle < end
           select confidence is { } known ? word with { Confidence = known } : word,
    ];

    private static List<TranscribedWord> Words(IReadOnlyList<OpenAiWord?>? words, double? confidence) =>
    [
        .. from word in words ?? []
           where !string.IsNullOrWhiteSpace(word?.Word)
           let start = Measured.Seconds(word.Start)
           // Where a server says nothing about how sure it is of a word, it is as sure as of the segment.
           select new TranscribedWord(word.Word!.Trim(), start, Math.Max(start, Measured.Seconds(word.End)), Measured.ConfidenceOrNone(word.Probability) ?? confidence ?? 1),
    ];

    private static double? Confidence(double? logarithm) => logarithm is { } known && double.IsFinite(known) ? Math.Clamp(Math.Exp(known), 0, 1) : null;
}
