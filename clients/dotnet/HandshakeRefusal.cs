using System.Net;
using System.Text.Json;

namespace Voice.Client;

/// <summary>
/// Keeps the answer of a refused WebSocket handshake. <see cref="System.Net.WebSockets.ClientWebSocket"/> tells only the status;
/// the reason that the server gives is in the body.
/// </summary>
internal sealed class HandshakeRefusal(HttpMessageHandler transport) : DelegatingHandler(transport)
{
    private const int MaximumBody = 64 * 1024;

    public HttpStatusCode? Status { get; private set; }

    public string? Reason { get; private set; }

    public string? Code { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (response.StatusCode != HttpStatusCode.SwitchingProtocols)
        {
            Status = response.StatusCode;
            if (response.Content.Headers.ContentLength is null or <= MaximumBody)
            {
                await response.Content.LoadIntoBufferAsync(MaximumBody, cancellationToken);
                Read(await response.Content.ReadAsStringAsync(cancellationToken));
            }
        }

        return response;
    }

    /// <summary>OpenAI's envelope <c>{"error":{"message","code"}}</c> or ProblemDetails <c>{"title","detail"}</c>.</summary>
    private void Read(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                return;
            }

            var error = root.TryGetProperty("error", out var inner) && inner.ValueKind == JsonValueKind.Object ? inner : root;
            Reason = Text(error, "message") ?? Text(error, "detail") ?? Text(error, "title");
            Code = Text(error, "code");
        }
        catch (JsonException)
        {
            // A proxy's HTML page or nothing: the status alone has to do.
            Reason = null;
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
