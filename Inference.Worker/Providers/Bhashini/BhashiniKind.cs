using Voice.Inference.Transcription.Live;

namespace Voice.Inference.Providers.Bhashini;

/// <summary><c>bhashini</c>: AI4Bharat's models for the languages of India, at Bhashini or at a Dhruva server: hears and speaks.</summary>
internal sealed class BhashiniKind(ProviderHttp http, TimeProvider time) : IProviderKind
{
    public string Name => "bhashini";

    public IEnumerable<string> Check(ProviderSettings settings)
    {
        if (string.IsNullOrWhiteSpace(settings.ApiKey))
        {
            yield return "Providers:<name>:ApiKey is required: Bhashini's ulcaApiKey, or a Dhruva server's key.";
        }

        if (settings.BaseUrl is { } address && address is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
        {
            yield return "Providers:<name>:BaseUrl must be an absolute http or https URL, or be left out for Bhashini's own.";
        }

        if (BhashiniAccount.IsDirect(settings) && settings.BaseUrl is null)
        {
            yield return $"Providers:<name>:Options:{BhashiniAccount.UserId} is required for Bhashini, or Providers:<name>:BaseUrl for a Dhruva server.";
        }

        if (settings.Voice is not (null or "female" or "male"))
        {
            yield return "Providers:<name>:Voice must be female or male.";
        }
    }

    public Provider Create(string name, ProviderSettings settings)
    {
        var account = new BhashiniAccount(http, time, settings);
        var hearing = new BhashiniFileTranscriber(account);
        return new Provider(name, Name)
        {
            LiveTranscriber = new LiveOverFile(hearing),
            FileTranscriber = hearing,
            Synthesizer = new BhashiniSynthesizer(account, settings),
            Capabilities =
            [
                new ProviderCapability(Capability.Transcription) { Languages = BhashiniFileTranscriber.Languages },
                new ProviderCapability(Capability.Speech)
                {
                    Languages = BhashiniSynthesizer.Languages,
                    Voices = BhashiniSynthesizer.Voices,
                },
            ],
            CheckAsync = cancellationToken => account.CheckAsync("tts", cancellationToken),
        };
    }
}
