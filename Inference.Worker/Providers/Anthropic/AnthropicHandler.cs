namespace Voice.Inference.Providers.Anthropic;

/// <summary>
/// Anthropic's package sends through this: so its requests have our time limits and connections, and what the service refuses is told as
/// for every other provider, with the pause that it asks for.
/// </summary>
internal sealed class AnthropicHandler(ProviderHttp http, string who, TimeSpan limit) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // A message is sent once, and the package's own client has counted this one.
        using var own = new HttpRequestMessage(request.Method, request.RequestUri) { Content = request.Content };
        foreach (var header in request.Headers)
        {
            own.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        var response = await http.SendAsync(own, who, limit, cancellationToken);
        var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        if (response.Content.Headers.ContentType?.MediaType == "text/event-stream")
        {
            response.Content = Bounded(response.Content, body);
        }

        return response;
    }

    private static StreamContent Bounded(HttpContent content, Stream body)
    {
        var bounded = new StreamContent(new Voice.Core.Providers.BoundedEvents(body));
        foreach (var header in content.Headers)
        {
            bounded.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        return bounded;
    }
}
