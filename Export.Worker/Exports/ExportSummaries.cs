using Voice.Core.Summaries;

namespace Voice.Export.Exports;

/// <summary>What a transcript comes to: picked sentences and plain counts.</summary>
internal static class ExportSummaries
{
    public static ExportSummary Of(Transcript transcript)
    {
        var utterances = transcript.Utterances();
        var extract = ExtractiveSummarizer.Summarize(utterances, transcript.Session.Language);
        var profile = LanguageProfile.For(transcript.Session.Language);
        var confidences = transcript.Turns.Select(t => t.Confidence).OfType<double>().ToList();
        return new ExportSummary(
            extract.Method,
            extract.Language,
            extract.Text,
            extract.Sentences,
            extract.Topics,
            extract.OpenQuestions,
            new ExportCounts(
                transcript.Turns.Count,
                transcript.Turns.Sum(t => Words(t.Transcript)),
                transcript.Turns.Sum(t => Words(t.Reply)),
                utterances.Where(u => u.Speaker == Speakers.User).SelectMany(u => SentenceSplitter.Split(u.Text)).Count(profile.IsQuestion)),
            Math.Round(transcript.Session.DurationSeconds ?? 0, 3),
            confidences.Count > 0 ? Math.Round(confidences.Average(), 4) : null,
            Median(transcript.Turns.Select(t => t.LatencyMs?.GetValueOrDefault("voice_to_voice")).OfType<double>().Where(ms => ms > 0)));
    }

    private static int Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;

    private static double? Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length > 0 ? Math.Round(sorted[(sorted.Length - 1) / 2], 1) : null;
    }
}
