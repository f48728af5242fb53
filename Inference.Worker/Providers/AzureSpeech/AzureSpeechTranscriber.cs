using Voice.Core.Providers;
using Voice.Inference.Providers.Sockets;

namespace Voice.Inference.Providers.AzureSpeech;

/// <summary>Live transcription over the Speech service's WebSocket protocol.</summary>
internal sealed class AzureSpeechTranscriber(AzureSpeechAccount account, TimeProvider time) : ILiveTranscriber
{
    public async ValueTask<ILiveTranscription> StartAsync(TranscriptionOptions options, CancellationToken cancellationToken)
    {
        var language = Locales.Of(options.Language);
        var query = $"language={Uri.EscapeDataString(language)}&format=detailed&wordLevelTimestamps=true"
            + ((options.Model ?? account.EndpointId) is { Length: > 0 } model ? $"&cid={Uri.EscapeDataString(model)}" : "");
        var address = new UriBuilder(account.Live) { Query = query }.Uri;
        KeyValuePair<string, string>[] headers = [.. account.Authorization(), new("X-ConnectionId", Guid.NewGuid().ToString("N"))];
        var socket = await ProviderSocket.ConnectAsync(address, headers, AzureSpeechAccount.Who, account.Timeout, time, cancellationToken);
        var stream = new AzureSpeechTranscription(socket, account, language, options, time);
        try
        {
            await stream.ConfigureAsync(cancellationToken);
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }

        stream.Begin();
        return stream;
    }
}
