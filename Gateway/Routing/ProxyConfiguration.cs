using System.Globalization;
using System.Net;
using Voice.ServiceDefaults;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.LoadBalancing;

namespace Voice.Gateway.Routing;

/// <summary>The route table in YARP's terms, with the addresses that the app model configured.</summary>
internal static class ProxyConfiguration
{
    public static IReadOnlyList<RouteConfig> Routes { get; } = [.. RouteTable.Routes.Select(AsRoute)];

    public static IReadOnlyList<ClusterConfig> Clusters(IConfiguration configuration) =>
        [.. RouteTable.Routes.DistinctBy(ClusterId).Select(route => AsCluster(route, AddressesOf(configuration, route.Service)))];

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

    /// <summary>The service's address, and where several replicas are configured by hand (<c>services:NAME:http:1</c> ...), theirs.</summary>
    private static IReadOnlyList<Uri> AddressesOf(IConfiguration configuration, string service)
    {
        var first = configuration.GetServiceUri(service);
        var others = configuration.GetSection($"services:{service}:{first.Scheme}").GetChildren()
            .Where(child => child.Key != "0")
            .Select(child => Uri.TryCreate(child.Value, UriKind.Absolute, out var other) ? other : throw new InvalidOperationException($"{child.Path} is not an address."));
        return [first, .. others];
    }

    private static Dictionary<string, string> MetadataOf(ServiceRoute route)
    {
        var metadata = new Dictionary<string, string> { [ForwardingErrors.ServiceMetadata] = route.Service };
        if (route.Meter is { } meter)
        {
            metadata[ServiceRoute.MeterMetadata] = meter;
        }

        if (route.Compressed)
        {
            metadata[ServiceRoute.CompressedMetadata] = "yes";
        }

        if (route.MaxResponseBytes is { } limit)
        {
            metadata[ServiceRoute.ResponseMetadata] = limit.ToString(CultureInfo.InvariantCulture);
        }

        return metadata;
    }

    private static ClusterConfig AsCluster(ServiceRoute route, IReadOnlyList<Uri> addresses) => new()
    {
        ClusterId = ClusterId(route),
        Destinations = addresses.Select((address, index) => (address, index)).ToDictionary(
            one => one.index == 0 ? route.Service : string.Create(CultureInfo.InvariantCulture, $"{route.Service}-{one.index}"),
            one => new DestinationConfig { Address = one.address.AbsoluteUri }),
        // Of several replicas, one that does not say that it is ready is not asked; where none says so, all are (HealthyOrPanic): their /health may be late, or ill
        // for a reason that does not concern the request. What requests find out is the circuits' (Resilience), in place of the proxy's own passive checks,
        // which let everybody in again at once and do not know a service of one replica.
        HealthCheck = new HealthCheckConfig
        {
            AvailableDestinationsPolicy = HealthCheckConstants.AvailableDestinations.HealthyOrPanic,
            Active = new ActiveHealthCheckConfig
            {
                Enabled = true,
                Interval = TimeSpan.FromSeconds(10),
                Timeout = TimeSpan.FromSeconds(3),
                Policy = HealthCheckConstants.ActivePolicy.ConsecutiveFailures,
                Path = "/health",
            },
        },
        LoadBalancingPolicy = LoadBalancingPolicies.PowerOfTwoChoices,
        HttpRequest = new ForwarderRequestConfig
        {
            ActivityTimeout = route.IdleTimeout,
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            AllowResponseBuffering = false,
        },
    };
}
