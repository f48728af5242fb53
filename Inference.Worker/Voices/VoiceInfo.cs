using System.Buffers.Text;
using System.Text;
using Voice.Inference.Providers;
using Voice.Inference.Providers.Routing;

namespace Voice.Inference.Voices;

/// <summary>A voice of a provider, as the API has it.</summary>
/// <param name="Id">Opaque; for <c>/api/v1/voices/{id}/sample</c>.</param>
/// <param name="Model">What a speech request names as its <c>model</c> to be spoken by the provider.</param>
/// <param name="Voice">What it names as its <c>voice</c>.</param>
/// <param name="Gender">female, male, neutral, or null where the provider does not say.</param>
/// <param name="Instructions">Follows <c>instructions</c> about how to speak.</param>
/// <param name="Ssml">Reads SSML.</param>
/// <param name="Local">Runs on this installation's own machines.</param>
internal sealed record VoiceInfo(
    string Id, string Model, string Voice, string Name, IReadOnlyList<string> Languages, string? Gender, bool Instructions, bool Ssml, bool Local, string SampleUrl)
{
    private const string Prefix = "voice_";

    public static VoiceInfo From(ProviderEntry entry, ProviderVoice voice)
    {
        var id = Prefix + Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{entry.Name}\0{voice.Id}"));
        var speech = entry.Can(Capability.Speech);
        return new(id, entry.Name, voice.Id, voice.Name, voice.Languages, voice.Gender, speech?.Instructions == true, speech?.Ssml == true, entry.IsLocal, $"/api/v1/voices/{id}/sample");
    }
}
