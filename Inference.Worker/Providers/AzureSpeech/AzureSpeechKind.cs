using Voice.Inference.Providers.Sockets;

namespace Voice.Inference.Providers.AzureSpeech;

/// <summary><c>azure-speech</c>: hears conversations and recordings, and speaks; a container of its speech-to-text hears conversations only.</summary>
internal sealed class AzureSpeechKind(ProviderHttp http, TimeProvider time) : IProviderKind
{
    public string Name => "azure-speech";

    public IEnumerable<string> Check(ProviderSettings settings)
    {
        var container = AzureSpeechAccount.IsContainer(settings);
        if (!container && string.IsNullOrWhiteSpace(settings.ApiKey))
        {
            yield return "Providers:<name>:ApiKey is required: a key of the Speech resource.";
        }

        if (settings.BaseUrl is null ? !IsRegion(settings.Region) : settings.BaseUrl is not { IsAbsoluteUri: true, Scheme: "http" or "https" or "ws" or "wss" })
        {
            yield return "Providers:<name>:Region is required, such as westeurope, or Providers:<name>:BaseUrl, the http or https URL of a resource or a container.";
        }

        if (settings.Options.GetValueOrDefault(AzureSpeechSynthesizer.Transport) is not (null or "websocket" or AzureSpeechSynthesizer.Rest))
        {
            yield return $"Providers:<name>:Options:{AzureSpeechSynthesizer.Transport} must be websocket or rest.";
        }

        if (settings.Options.GetValueOrDefault(AzureSpeechAccount.Container) is not (null or "true" or "false"))
        {
            yield return $"Providers:<name>:Options:{AzureSpeechAccount.Container} must be true, for a container of speech-to-text, or false.";
        }

        if (container && settings.BaseUrl is null)
        {
            yield return "Providers:<name>:BaseUrl is required for a container, such as http://127.0.0.1:5000.";
        }
    }

    public Provider Create(string name, ProviderSettings settings) =>
        AzureSpeechAccount.IsContainer(settings) ? CreateContainer(name, settings) : CreateResource(name, settings);

    private Provider CreateResource(string name, ProviderSettings settings)
    {
        var speaking = new AzureSynthesisAccount(http, time, settings);
        var hearing = AzureSpeechAccount.From(settings);
        return new Provider(name, Name)
        {
            LiveTranscriber = new AzureSpeechTranscriber(hearing, time),
            FileTranscriber = new AzureSpeechFileTranscriber(hearing, http, time),
            Synthesizer = new AzureSpeechSynthesizer(speaking, settings),
            Capabilities =
            [
                // List price of live transcription, 2026: a dollar an hour.
                Hearing with { Price = new() { PerAudioMinute = 1m / 60 } },
                new ProviderCapability(Capability.Speech)
                {
                    Streaming = true,
                    Ssml = true,
                    Languages = AzureVoices.Languages,
                    // List price of neural voices, 2025.
                    Price = new() { PerMillionCharacters = 15 },
                },
            ],
            Voices = new VoiceDirectory(speaking.ListVoicesAsync, time),
            CheckAsync = speaking.CheckAsync,
        };
    }

    private Provider CreateContainer(string name, ProviderSettings settings)
    {
        var account = AzureSpeechAccount.From(settings);
        return new Provider(name, Name)
        {
            IsLocal = true,
            LiveTranscriber = new AzureSpeechTranscriber(account, time),
            Capabilities = [Hearing],
            CheckAsync = cancellationToken => CheckContainerAsync(account, cancellationToken),
        };
    }

    private static ProviderCapability Hearing => new(Capability.Transcription) { Streaming = true, WordTimes = true, Languages = Locales.Languages };

    // It answers the handshake once its model is loaded.
    private async Task CheckContainerAsync(AzureSpeechAccount account, CancellationToken cancellationToken)
    {
        var address = new UriBuilder(account.Live) { Query = "language=en-US" }.Uri;
        await using var socket = await ProviderSocket.ConnectAsync(address, account.Authorization(), AzureSpeechAccount.Who, account.Timeout, time, cancellationToken);
        await socket.CloseAsync();
    }

    private static bool IsRegion(string? region) => region is { Length: > 0 and <= 40 } && region.All(char.IsAsciiLetterOrDigit);
}
