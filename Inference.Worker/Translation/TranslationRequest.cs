namespace Voice.Inference.Translation;

internal sealed record TranslationRequest(string? Model = null, string? Input = null, string? SourceLanguage = null, string? TargetLanguage = null);

internal sealed record TranslationResponse(string Text, string Model, string SourceLanguage, string TargetLanguage);
