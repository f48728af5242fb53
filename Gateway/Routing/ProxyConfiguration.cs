using System.Net;
using Voice.ServiceDefaults;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;

namespace Voice.Gateway.Routing;

/// <summary>The route table in YARP's terms, with the addresses that the app model configured.</summary>
internal static class ProxyConfiguration
{
    public static IReadOnlyList<RouteConfig> Routes { get; } = [.. RouteTable.Routes.Select(AsRoute)];

    public static IReadOnlyList<ClusterConfig> Clusters(IConfiguration configuration) =>
        [.. RouteTable.Routes.DistinctBy(ClusterId).Select(route => AsCluster(route, configuration.GetServiceUri(route.Service)))];

    // Timeouts belong to clusters in YARP, so there is one for each pair of service and timeout.
    private static string ClusterId(ServiceRoute route) => $"{route.Service}-{route.IdleTimeout.TotalSeconds:0}s";

    private static RouteConfig AsRoute(ServiceRoute route) => new()
    {
        RouteId = route.Id,
        ClusterId = ClusterId(route),
        Match = new RouteMatch { Path = route.Path, Methods = route.Methods },
        AuthorizationPolicy = route.Policy,
        MaxRequestBodySize = route.MaxBodyBytes,
        Metadata = MetadataOf(route),
        Transforms = route.ServicePath is null ? null : [new Dictionary<string, string> { ["PathSet"] = route.ServicePath }],
    };

    private static Dictionary<string, string> MetadataOf(ServiceRoute route)
    {
        var metadata = new Dictionary<string, string> { [ForwardingErrors.ServiceMetadata] = route.Service };
        if (route.Meter is { } meter)
        {
            metadata[ServiceRoute.MeterMetadata] = meter;
        }

        return metadata;
    }

    private static ClusterConfig AsCluster(ServiceRoute route, Uri address) => new()
    {
        ClusterId = ClusterId(route),
        Destinations = new Dictionary<string, DestinationConfig> { [route.Service] = new() { Address = address.AbsoluteUri } },
        HttpRequest = new ForwarderRequestConfig
        {
            ActivityTimeout = route.IdleTimeout,
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            AllowResponseBuffering = false,
        },
    };
}
