using Voice.Inference.Transcription.Live;

namespace Voice.Inference.Providers.Google;

/// <summary><c>google</c>: hears utterances and recordings, and speaks.</summary>
internal sealed class GoogleKind(ProviderHttp http, TimeProvider time) : IProviderKind
{
    public string Name => "google";

    public IEnumerable<string> Check(ProviderSettings settings)
    {
        if (string.IsNullOrWhiteSpace(settings.ApiKey))
        {
            yield return "Providers:<name>:ApiKey is required: an API key of a Google Cloud project.";
        }

        if (settings.BaseUrl is { } address && address is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
        {
            yield return "Providers:<name>:BaseUrl must be an absolute http or https URL, or be left out for Google's own.";
        }
    }

    public Provider Create(string name, ProviderSettings settings)
    {
        var speaking = new GoogleSynthesizer(http, time, settings);
        var hearing = new GoogleFileTranscriber(http, time, settings);
        return new Provider(name, Name)
        {
            LiveTranscriber = new LiveOverFile(hearing),
            FileTranscriber = hearing,
            Synthesizer = speaking,
            Capabilities =
            [
                new ProviderCapability(Capability.Transcription)
                {
                    WordTimes = true,
                    Languages = Locales.Languages,
                    // List price of the first version's standard models, 2026.
                    Price = new() { PerAudioMinute = 0.024m },
                },
                new ProviderCapability(Capability.Speech)
                {
                    Ssml = true,
                    Languages = Locales.Languages,
                    // List price of its WaveNet and Neural2 voices, 2025.
                    Price = new() { PerMillionCharacters = 16 },
                },
            ],
            Voices = new VoiceDirectory(speaking.ListVoicesAsync, time),
            CheckAsync = speaking.CheckAsync,
        };
    }
}
