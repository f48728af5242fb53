using static Voice.Inference.Pipelines.Documents.ParameterKind;

namespace Voice.Inference.Pipelines.Documents;

/// <summary>The kinds of steps. <c>docs/specs/schemas/pipeline.json</c> says the same; a test holds them against each other.</summary>
internal static class StepTypes
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static readonly StepType Transcribe = new(
        "transcribe", TimeSpan.FromMinutes(10), [new("audio", ParameterKind.Audio, true), new("language", Text), new("model", Text), new("prompt", Text)], [],
        ["text", "language", "duration", "confidence", "segments", "model"]);

    public static readonly StepType Translate = new(
        "translate", Minute, [new("text", Text, true), new("from", Text, true), new("to", Text, true), new("model", Text)], [], ["text", "from", "to", "model"]);

    public static readonly StepType Chat = new(
        "chat", TimeSpan.FromMinutes(2),
        [
            new("prompt", Text), new("messages", Json), new("instructions", Text), new("model", Text), new("language", Text), new("max_tokens", Number),
            new("temperature", Number), new("format", Text, Values: ["text", "json"]),
        ],
        ["prompt", "messages"], ["text", "json", "model", "tokens"]);

    public static readonly StepType Speak = new(
        "speak", TimeSpan.FromMinutes(2), [new("text", Text, true), new("language", Text), new("voice", Text), new("model", Text), new("speed", Number)], [],
        ["audio", "duration", "characters", "model"]) { AudioOutputs = ["audio"] };

    public static readonly StepType Summarise = new(
        "summarise", Minute, [new("text", Text), new("turns", Json), new("language", Text), new("model", Text)], ["text", "turns"],
        ["text", "sentences", "topics", "open_questions", "method", "model"]);

    public static readonly StepType Detect = new(
        "detect", Minute, [new("text", Text, true), new("kinds", TextList, Values: ["emotion", "safety", "actions", "pii"]), new("language", Text)], [],
        ["emotion", "safety", "actions", "pii", "redacted"]);

    public static readonly StepType Http = new(
        "http", TimeSpan.FromSeconds(30),
        [
            new("url", Text, true), new("method", Text, Values: ["GET", "POST", "PUT", "PATCH", "DELETE"]), new("headers", TextMap), new("query", TextMap), new("body", Json),
        ],
        [], ["status", "body"]);

    public static readonly IReadOnlyList<StepType> All = [Transcribe, Translate, Chat, Speak, Summarise, Detect, Http];

    public static StepType? Find(string? name) => All.FirstOrDefault(type => type.Name == name);
}
