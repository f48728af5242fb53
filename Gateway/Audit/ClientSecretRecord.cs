using Voice.Gateway.Routing;
using Voice.ServiceDefaults.ClientSecrets;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Voice.Gateway.Audit;

/// <summary>
/// Client secrets are made by voice-api, and are credentials: each is in the trail before whoever asked for it has it. Where that cannot be written down, the
/// answer is an error, and the secret nobody's.
/// </summary>
internal sealed class ClientSecretRecord(AuditTrail audit) : ITransformProvider
{
    public const string Action = "client_secret.create";

    // Enough to tell one from another; the whole hash is what the secret is found by.
    private const int ShownLength = 16;

    public void ValidateRoute(TransformRouteValidationContext context)
    {
    }

    public void ValidateCluster(TransformClusterValidationContext context)
    {
    }

    public void Apply(TransformBuilderContext context)
    {
        if (context.Route.RouteId == RouteTable.ClientSecrets)
        {
            context.AddResponseTransform(RecordAsync);
        }
    }

    private async ValueTask RecordAsync(ResponseTransformContext transform)
    {
        // A repeated request that gets the first one's answer makes nothing, and names nothing.
        if (transform.ProxyResponse is { IsSuccessStatusCode: true } made && made.Headers.TryGetValues(ClientSecret.HashHeader, out var values) && values.First() is { Length: > ShownLength } hash)
        {
            await audit.RecordAsync(
                AuditEvent.From(transform.HttpContext, Action, new("client_secret", hash[..ShownLength])), transform.HttpContext.RequestAborted);
        }
    }
}
