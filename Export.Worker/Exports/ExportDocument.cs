using System.Text.Json;
using Voice.Core.Summaries;

namespace Voice.Export.Exports;

/// <summary>The file in <c>exports/</c>; docs/specs/export.md describes it to its readers.</summary>
/// <param name="Transcript">The transcript document as voice-api wrote it.</param>
internal sealed record ExportDocument(
    string Schema,
    string Id,
    string Kind,
    string SessionId,
    string OrganizationId,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    ExportSummary Summary,
    IReadOnlyList<ExportIntervention> Interventions,
    JsonElement Transcript)
{
    public const string CurrentSchema = "voiceaspire.export.v1";
}

/// <param name="Method">How <see cref="Text"/> was made: <c>extractive</c>, sentences that were said.</param>
/// <param name="AverageConfidence">Of the recogniser over the turns that have one; null where none has.</param>
internal sealed record ExportSummary(
    string Method,
    string Language,
    string Text,
    IReadOnlyList<SummarySentence> Sentences,
    IReadOnlyList<string> Topics,
    IReadOnlyList<string> OpenQuestions,
    ExportCounts Counts,
    double DurationSeconds,
    double? AverageConfidence,
    double? MedianVoiceToVoiceMs);

internal sealed record ExportCounts(int Turns, int UserWords, int AssistantWords, int UserQuestions);

internal sealed record ExportIntervention(
    string Id, string TurnId, string Category, string Severity, string Language, string MatchedLayer, string Message, DateTimeOffset OccurredAt);
