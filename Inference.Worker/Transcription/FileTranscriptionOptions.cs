namespace Voice.Inference.Transcription;

/// <param name="Model">Provider's model name; null for its default.</param>
/// <param name="Language">BCP-47 of what is spoken.</param>
/// <param name="Prompt">Words that are likely to be said; null for none.</param>
/// <param name="WordTimes">Whether times of single words are wanted; who cannot have them leaves them out.</param>
/// <param name="ToEnglish">English text of what was said in another language, where <see cref="Providers.ProviderCapability.TranslatesToEnglish"/>.</param>
/// <param name="Streaming">Parts are wanted as soon as they are known, also at the price of their times: where the service gives none, a part lies somewhere in the whole recording.</param>
internal sealed record FileTranscriptionOptions(
    string? Model, string Language, string? Prompt = null, bool WordTimes = false, bool ToEnglish = false, bool Streaming = false);
