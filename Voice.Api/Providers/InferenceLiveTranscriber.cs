using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Voice.Core.Providers;
using Voice.ServiceDefaults;

namespace Voice.Api.Providers;

/// <summary>Live transcription over inference-worker's <c>/v1/realtime?intent=transcription</c>.</summary>
internal sealed class InferenceLiveTranscriber(
    InferenceConnection inference, IOptions<InferenceOptions> options, IConfiguration configuration) : ILiveTranscriber
{
    private readonly Uri _endpoint = Endpoint(configuration.GetServiceUri(InferenceConnection.ServiceName));
    private readonly InferenceOptions _options = options.Value;

    public async ValueTask<ILiveTranscription> StartAsync(TranscriptionOptions options, CancellationToken cancellationToken)
    {
        using var silence = inference.LimitSilence(cancellationToken);
        var socket = new ClientWebSocket();
        socket.Options.KeepAliveInterval = _options.PingInterval;
        socket.Options.KeepAliveTimeout = _options.PingInterval;
        var transcription = new InferenceLiveTranscription(socket);
        try
        {
            await ConnectAsync(socket, silence);
            await transcription.ConfigureAsync(options, silence.Token);
            return transcription;
        }
        catch (Exception exception)
        {
            await transcription.DisposeAsync();
            if (ProviderFailures.Translate(exception, silence) is { } failure)
            {
                throw failure;
            }

            throw;
        }
    }

    private async Task ConnectAsync(ClientWebSocket socket, SilenceLimit silence)
    {
        using var invoker = inference.CreateInvoker();
        socket.Options.CollectHttpResponseDetails = true;
        try
        {
            await socket.ConnectAsync(_endpoint, invoker, silence.Token);
        }
        catch (WebSocketException exception) when (socket.HttpStatusCode >= System.Net.HttpStatusCode.BadRequest)
        {
            throw ProviderFailures.FromStatus(socket.HttpStatusCode, error: null, exception);
        }
        catch (WebSocketException exception) when (exception.InnerException is { } inner
            && ProviderFailures.Translate(inner, silence) is { } failure)
        {
            throw failure;
        }
    }

    private static Uri Endpoint(Uri service) => new UriBuilder(new Uri(service, "/v1/realtime?intent=transcription"))
    {
        Scheme = service.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeWss : Uri.UriSchemeWs,
    }.Uri;
}
