using System.Text.Json;
using System.Text.Json.Nodes;
using Voice.Core.Safety;
using Voice.Inference.Pipelines.Detection;
using Voice.Inference.Pipelines.Documents;
using Voice.Inference.Pipelines.Runs;

namespace Voice.Inference.Pipelines.Actions;

/// <summary>Deterministic first looks at a text: the same answer every time, and no model.</summary>
internal sealed class DetectAction : IStepAction
{
    /// <summary>An hour of talk.</summary>
    private const int MaxText = 100_000;

    private const int SafetyPart = 2_000;

    private static readonly IReadOnlyList<string> All = ["emotion", "safety", "actions", "pii"];

    public StepType Type => StepTypes.Detect;

    public Task<StepResult> RunAsync(StepCall call, CancellationToken cancellationToken)
    {
        var text = call.Arguments.Text("text") ?? throw new StepFailedException("missing_value", "'text' has no value: what it refers to is empty, or its step was skipped.");
        if (text.Length > MaxText)
        {
            throw new StepFailedException("invalid_value", $"'text' has more than {MaxText} characters.");
        }

        var kinds = call.Arguments.List("kinds") ?? All;
        var language = call.Arguments.Text("language") ?? "en";
        var output = new JsonObject();
        foreach (var kind in kinds.Distinct())
        {
            cancellationToken.ThrowIfCancellationRequested();
            Add(output, kind, text, language);
        }

        return Task.FromResult(new StepResult(output));
    }

    private static void Add(JsonObject output, string kind, string text, string language)
    {
        switch (kind)
        {
            case "emotion":
                var emotion = EmotionDetector.Read(text);
                output["emotion"] = new JsonObject
                {
                    ["label"] = emotion.Label,
                    ["score"] = emotion.Score,
                    ["scores"] = new JsonObject(emotion.Scores.Select(score => KeyValuePair.Create(score.Key, (JsonNode?)JsonValue.Create(score.Value)))),
                };
                break;
            case "safety":
                output["safety"] = Safety(text, language);
                break;
            case "actions":
                output["actions"] = new JsonArray([.. ActionDetector.Find(text).Select(action => (JsonNode)new JsonObject
                {
                    ["kind"] = action.Kind, ["sentence"] = action.Sentence, ["when"] = action.When,
                })]);
                break;
            case "pii":
                var findings = PiiDetector.Find(text);
                output["pii"] = new JsonArray([.. findings.Select(finding => (JsonNode)new JsonObject
                {
                    ["kind"] = finding.Kind, ["start"] = finding.Start, ["end"] = finding.Start + finding.Length,
                })]);
                output["redacted"] = PiiDetector.Redact(text, findings);
                break;
            default:
                throw new StepFailedException("invalid_value", $"'kinds' has some of {string.Join(", ", All)}.");
        }
    }

    /// <summary>The lexicon reads one turn; a longer text is read in parts that overlap by a sentence's length.</summary>
    private static JsonObject Safety(string text, string language)
    {
        CrisisAssessment? worst = null;
        for (var start = 0; start < text.Length && worst?.Severity != CrisisSeverities.Crisis; start += SafetyPart)
        {
            var part = text.Substring(start, Math.Min(2 * SafetyPart - 200, text.Length - start));
            worst = CrisisLexicon.Assess(part, language) is { } found && (worst is null || found.Severity == CrisisSeverities.Crisis) ? found : worst;
        }

        return new JsonObject { ["severity"] = worst?.Severity ?? "none", ["category"] = worst?.Category };
    }
}
