using Voice.Core.Audio;
using Voice.Core.Providers;
using Voice.Inference.Providers.Sockets;

namespace Voice.Inference.Providers.OpenAi;

/// <summary>Live transcription by a realtime session of intent <c>transcription</c>, in its general availability form.</summary>
internal sealed class OpenAiLiveTranscriber(OpenAiEndpoint endpoint, TimeProvider time) : ILiveTranscriber
{
    public async ValueTask<ILiveTranscription> StartAsync(TranscriptionOptions options, CancellationToken cancellationToken)
    {
        if (!StreamingResampler.Supports(options.SampleRate, OpenAiLiveTranscription.WireRate))
        {
            throw new ProviderException("provider_rejected", $"{endpoint.Who} cannot be sent audio of {options.SampleRate} Hz.");
        }

        var model = endpoint.ModelOf(options.Model) ?? throw new ProviderException("provider_rejected", $"{endpoint.Who} has no default model: the request must name one.");
        var address = new Uri($"{endpoint.BaseUrl.AbsoluteUri.TrimEnd('/')}/realtime?intent=transcription");
        KeyValuePair<string, string>[] headers = string.IsNullOrEmpty(endpoint.Key) ? []
            : [endpoint.KeyInHeaderOfAzure ? new("api-key", endpoint.Key) : new("Authorization", $"Bearer {endpoint.Key}")];
        var socket = await ProviderSocket.ConnectAsync(address, headers, endpoint.Who, endpoint.Timeout, time, cancellationToken);
        var stream = new OpenAiLiveTranscription(socket, endpoint.Who, endpoint.Timeout, options.SampleRate, time);
        try
        {
            await stream.ConfigureAsync(model, options.Language.Split('-')[0], options.Prompt, cancellationToken);
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
