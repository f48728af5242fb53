using Yarp.ReverseProxy.Model;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Voice.Gateway.Routing.Resilience;

/// <summary>What is learnt from the head of an answer, before it goes on. After <see cref="ServiceCredentials"/>, which cleans it.</summary>
internal sealed class ResilienceTransforms(Circuits circuits, Retries retries) : ITransformProvider
{
    public void ValidateRoute(TransformRouteValidationContext context)
    {
    }

    public void ValidateCluster(TransformClusterValidationContext context)
    {
    }

    public void Apply(TransformBuilderContext context) => context.AddResponseTransform(transform =>
    {
        if (transform.ProxyResponse is not null && transform.HttpContext.GetReverseProxyFeature().ProxiedDestination is { } destination)
        {
            circuits.Answered(destination);
            retries.Consider(transform);
        }

        return ValueTask.CompletedTask;
    });
}
