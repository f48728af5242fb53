using System.Text.Json;
using Voice.Core.Summaries;

namespace Voice.Export.Exports;

/// <summary>What the export reads of a <c>voiceaspire.transcript.v1</c> document, and the document itself.</summary>
internal sealed record Transcript(TranscriptSession Session, IReadOnlyList<TranscriptTurn> Turns)
{
    private const string Schema = "voiceaspire.transcript.v1";
    private const string Interpreter = "interpreter";

    /// <summary>The whole document, to be passed on as it is.</summary>
    public required JsonElement Document { get; init; }

    /// <exception cref="JsonException">No transcript, or of a version that is not understood.</exception>
    public static Transcript Parse(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        var schema = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("schema", out var named) ? named.GetString() : null;
        if (schema != Schema)
        {
            throw new JsonException($"The document is no {Schema}.");
        }

        var content = root.Deserialize(ExportJson.Default.TranscriptContent) ?? throw new JsonException("The transcript is empty.");
        return new Transcript(content.Session, content.Turns) { Document = root.Clone() };
    }

    /// <summary>Both sides in turn; an interpreter's replies say the same in another language and would count twice.</summary>
    public IReadOnlyList<Utterance> Utterances() =>
    [
        .. Turns.OrderBy(t => t.Sequence).SelectMany(t => new[]
        {
            new Utterance(t.Sequence, Speakers.User, t.Transcript),
            new Utterance(t.Sequence, Speakers.Assistant, Session.Mode == Interpreter ? "" : t.Reply),
        }).Where(u => !string.IsNullOrWhiteSpace(u.Text)),
    ];
}

internal sealed record TranscriptContent(TranscriptSession Session, IReadOnlyList<TranscriptTurn> Turns);

internal sealed record TranscriptSession(
    string Id, string OrganizationId, string Mode, string Language, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, double? DurationSeconds);

internal sealed record TranscriptTurn(
    string Id, int Sequence, string Transcript, double? Confidence, string Reply, IReadOnlyDictionary<string, double>? LatencyMs);
