namespace Voice.Inference.Providers.Deepgram;

/// <summary><c>deepgram</c>: hears conversations and recordings, and speaks.</summary>
internal sealed class DeepgramKind(ProviderHttp http, TimeProvider time) : IProviderKind
{
    public string Name => "deepgram";

    public IEnumerable<string> Check(ProviderSettings settings)
    {
        if (string.IsNullOrWhiteSpace(settings.ApiKey))
        {
            yield return "Kind 'deepgram' needs Providers:<name>:ApiKey.";
        }

        if (settings.BaseUrl is { } url && url is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
        {
            yield return "Providers:<name>:BaseUrl of kind 'deepgram' must be an absolute http or https URL such as https://api.deepgram.com.";
        }
    }

    public Provider Create(string name, ProviderSettings settings)
    {
        var account = DeepgramAccount.From(settings);
        return new(name, Name)
        {
            LiveTranscriber = new DeepgramTranscriber(account, settings.Model, time),
            FileTranscriber = new DeepgramFileTranscriber(account, settings.Model, http, time),
            Synthesizer = new DeepgramSynthesizer(account, settings, time),
            Capabilities =
            [
                new(Capability.Transcription)
                {
                    Streaming = true,
                    WordTimes = true,
                    Languages = DeepgramModels.Languages,
                    Models = DeepgramModels.Hearing,
                    // List price of nova-3, streamed, 2026.
                    Price = new() { PerAudioMinute = 0.0077m },
                },
                new(Capability.Speech)
                {
                    Streaming = true,
                    Languages = DeepgramSynthesizer.Languages,
                    Models = DeepgramSynthesizer.Models,
                    // List price of aura-2, 2025.
                    Price = new() { PerMillionCharacters = 30 },
                },
            ],
            Voices = new VoiceDirectory(cancellationToken => DeepgramSynthesizer.ListVoicesAsync(account, http, time, cancellationToken), time),
            CheckAsync = cancellationToken => CheckAsync(account, cancellationToken),
        };
    }

    // Which projects the key is for: costs nothing.
    private async Task CheckAsync(DeepgramAccount account, CancellationToken cancellationToken)
    {
        using var request = account.Request(HttpMethod.Get, account.Address("v1/projects", []));
        using var response = await http.SendAsync(request, DeepgramAccount.Who, account.Timeout, cancellationToken);
    }
}
