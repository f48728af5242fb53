using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Voice.Gateway.Routing;
using Voice.ServiceDefaults.OpenApi;

namespace Voice.Gateway.ApiDocument;

/// <summary>
/// The documents of the services, each as it was last heard. A service that is away is described as it was, and one that was never heard
/// as it was when the gateway was built: a document must not shrink because something restarts.
/// </summary>
internal sealed partial class ApiDocumentParts(
    IHttpClientFactory clients, [FromKeyedServices(ApiDocumentExtensions.Name)] IOpenApiDocumentProvider own, BuiltInDocument builtIn, ILogger<ApiDocumentParts> logger)
{
    public const string Gateway = "gateway";

    /// <summary>In the order in which a name that two use goes to the first.</summary>
    public static readonly string[] Services = [RouteTable.VoiceApi, RouteTable.Inference, RouteTable.Safety, RouteTable.Export];

    private readonly Dictionary<string, JsonObject> _heard = [];

    public async Task<IReadOnlyList<ApiDocumentPart>> ReadAsync(CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(Services.Select(service => AskAsync(service, cancellationToken)));
        List<ApiDocumentPart> parts = [new(Gateway, await OwnAsync(cancellationToken), IsCurrent: true)];
        foreach (var (service, answer) in Services.Zip(answers))
        {
            if (answer is not null)
            {
                _heard[service] = answer;
            }

            var document = answer ?? _heard.GetValueOrDefault(service) ?? builtIn.PartOf(service);
            parts.Add(new(service, (JsonObject)document.DeepClone(), answer is not null));
        }

        return parts;
    }

    private async Task<JsonObject> OwnAsync(CancellationToken cancellationToken)
    {
        var document = await own.GetOpenApiDocumentAsync(cancellationToken);
        using var text = new MemoryStream();
        await document.SerializeAsJsonAsync(text, OpenApiSpecVersion.OpenApi3_1, cancellationToken);
        return JsonNode.Parse(text.ToArray())!.AsObject();
    }

    private async Task<JsonObject?> AskAsync(string service, CancellationToken cancellationToken)
    {
        try
        {
            var text = await clients.CreateClient(ClientOf(service)).GetStringAsync(ApiDocumentExtensions.Path, cancellationToken);
            return JsonNode.Parse(text) is JsonObject document && document["openapi"] is JsonValue && document["paths"] is JsonObject ? document : null;
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            Log.NotHeard(logger, service, exception.Message);
            return null;
        }
    }

    public static string ClientOf(string service) => $"api-document-{service}";

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Service} did not give its part of the API document, an older one stands in: {Reason}")]
        public static partial void NotHeard(ILogger logger, string service, string reason);
    }
}
