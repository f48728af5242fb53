namespace Voice.Inference.Translation;

internal sealed record TranslationRequest(string? Model, string? Input, string? SourceLanguage, string? TargetLanguage);

internal sealed record TranslationResponse(string Text, string Model, string SourceLanguage, string TargetLanguage);
