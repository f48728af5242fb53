using System.Text.Json.Serialization;

namespace Voice.Api.Providers;

// The shapes of OpenAI's REST API that we send and read; docs: facts of the protocol are in docs/specs.
internal sealed record ErrorEnvelope(ProviderError? Error);

internal sealed record ProviderError(string? Message, string? Type, string? Param, string? Code);

internal sealed record SpeechBody(string Model, string Input, string? Voice, string ResponseFormat, double? Speed, string Language);

internal sealed record TranslationBody(string? Model, string Input, string SourceLanguage, string TargetLanguage);

internal sealed record TranslationAnswer(string? Text);

/// <summary>Events of a live transcription, in either direction only the fields of the ones we use.</summary>
internal sealed record TranscriptionServerEvent(
    string? Type, string? ItemId, string? Text, string? Transcript, double? Confidence, int? Utterance, TranscriptionServerError? Error);

internal sealed record TranscriptionServerError(string? Message, string? Type, string? Code, string? EventId);

internal sealed record TranscriptionCommit(string EventId, string? Traceparent)
{
    public string Type => "input_audio_buffer.commit";
}

internal sealed record TranscriptionSessionUpdate(TranscriptionSession Session)
{
    public string Type => "session.update";
}

internal sealed record TranscriptionSession(TranscriptionAudio Audio)
{
    public string Type => "transcription";
}

internal sealed record TranscriptionAudio(TranscriptionInput Input);

internal sealed record TranscriptionInput(TranscriptionFormat Format, TranscriptionModel Transcription)
{
    // Written even though null: absent would mean the server's default, which is its own turn detection.
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public object? TurnDetection => null;
}

internal sealed record TranscriptionFormat(int Rate)
{
    public string Type => "audio/pcm";
}

internal sealed record TranscriptionModel(string? Model, string Language, string? Prompt);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ErrorEnvelope))]
[JsonSerializable(typeof(SpeechBody))]
[JsonSerializable(typeof(TranslationBody))]
[JsonSerializable(typeof(TranslationAnswer))]
[JsonSerializable(typeof(TranscriptionServerEvent))]
[JsonSerializable(typeof(TranscriptionCommit))]
[JsonSerializable(typeof(TranscriptionSessionUpdate))]
internal sealed partial class ProviderJson : JsonSerializerContext;
