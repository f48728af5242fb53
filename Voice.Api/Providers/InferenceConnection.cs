using Microsoft.Extensions.Options;
using Voice.Core.Providers;

namespace Voice.Api.Providers;

/// <summary>The pooled HTTP connection to inference-worker, and what its failures mean.</summary>
internal sealed class InferenceConnection(
    IHttpClientFactory clients, IHttpMessageHandlerFactory handlers, IOptions<InferenceOptions> options, TimeProvider time)
{
    public const string ServiceName = "inference-worker";
    public const string ClientName = ServiceName;

    private readonly TimeSpan _responseTimeout = options.Value.ResponseTimeout;

    // The factory's handler chain adds the caller's token and the trace context to the upgrade request as to any other.
    public HttpMessageInvoker CreateInvoker() => new(handlers.CreateHandler(ClientName), disposeHandler: false);

    public HttpClient CreateClient() => clients.CreateClient(ClientName);

    public SilenceLimit LimitSilence(CancellationToken cancellationToken) => new(_responseTimeout, time, cancellationToken);

    /// <summary>Sends and returns at the headers of a successful answer; everything else is a <see cref="ProviderException"/>.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, SilenceLimit silence)
    {
        HttpResponseMessage response;
        try
        {
            response = await CreateClient().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, silence.Token);
        }
        catch (Exception exception) when (ProviderFailures.Translate(exception, silence) is { } failure)
        {
            throw failure;
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw await ProviderFailures.ReadAsync(response, silence);
        }
    }
}
