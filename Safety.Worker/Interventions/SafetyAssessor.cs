using Voice.Core.Safety;

namespace Voice.Safety.Interventions;

/// <summary>Assesses a turn in the light of those before it. Pure: the same session gives the same findings on every replay.</summary>
internal static class SafetyAssessor
{
    /// <summary>How far back a concern still counts, in turns, and how many make a crisis of one.</summary>
    private const int Memory = 10;
    private const int Repetitions = 3;

    private const int LongestTranscriptKept = 500;

    public static (SafetyFinding? Finding, SessionContext Next) Assess(string transcript, string language, int sequence, SessionContext context)
    {
        var finding = OfTurn(transcript, language) ?? AcrossTurns(transcript, language, context);
        var concerns = context.Concerns.Where(c => c.Sequence > sequence - Memory).ToList();
        if (finding is { Severity: CrisisSeverities.Concern })
        {
            concerns.Add(new ConcernAt(finding.Category, sequence));
            finding = concerns.Count(c => c.Category == finding.Category) >= Repetitions ? Escalate(finding) : finding;
        }

        return (finding, new SessionContext(Tail(transcript), concerns));
    }

    private static SafetyFinding? OfTurn(string transcript, string language) =>
        CrisisLexicon.Assess(transcript, language) is { } found ? new(found.Category, found.Severity, SafetyLayers.Lexicon, found.Match) : null;

    /// <summary>
    /// Only what neither turn says alone, and only where it is a crisis: two unrelated turns read as one make chance matches, and the
    /// weaker findings are not worth them. A turn that ended with a full stop was a sentence.
    /// </summary>
    private static SafetyFinding? AcrossTurns(string transcript, string language, SessionContext context)
    {
        if (context.LastTranscript is not { Length: > 0 } before || before[^1] is '.' or '?' or '!' || CrisisLexicon.Assess(before, language) is not null)
        {
            return null;
        }

        return CrisisLexicon.Assess($"{before} {transcript}", language) is { Severity: CrisisSeverities.Crisis } found
            ? new(found.Category, found.Severity, SafetyLayers.LexiconAcrossTurns, found.Match)
            : null;
    }

    private static SafetyFinding Escalate(SafetyFinding finding) =>
        finding with { Severity = CrisisSeverities.Crisis, Layer = SafetyLayers.RepeatedConcern };

    private static string Tail(string transcript)
    {
        var text = transcript.Trim();
        return text.Length <= LongestTranscriptKept ? text : text[^LongestTranscriptKept..];
    }
}
