using Voice.Inference.Providers.Guards;

namespace Voice.Inference.Providers.Catalogue;

/// <param name="Voices">The first of them; all are at <c>/api/v1/voices</c>.</param>
/// <param name="Price">Null where it is not known.</param>
/// <param name="Breaker"><c>closed</c>: it is asked. <c>open</c>: it failed and is left alone for a moment. <c>half_open</c>: one call tries.</param>
/// <param name="DefaultFor">Languages for which it is asked first by who names nobody; <c>any</c>: those that have nobody of their own.</param>
internal sealed record CapabilityView(
    string Capability, bool Streaming, IReadOnlyList<string> Languages, IReadOnlyList<string> Models, IReadOnlyList<string> Voices, int VoiceCount, bool WordTimes,
    bool TranslatesToEnglish, bool Instructions, bool Ssml, ProviderPrice? Price, ProviderMeasurement Measured, string Breaker, IReadOnlyList<string> DefaultFor);
