using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Options;

namespace Voice.Gateway.Security;

/// <summary>Section <c>Edge</c>: what the server takes from strangers before anything is known about a request.</summary>
internal sealed class EdgeOptions
{
    public const string Section = "Edge";

    /// <summary>Networks (<c>10.0.0.0/8</c>) of proxies before us; only what these say about a client's address and scheme is believed.</summary>
    public IList<string> TrustedProxies { get; } = [];

    [Range(10, 1_000_000)]
    public int MaxConnections { get; set; } = 20_000;

    /// <summary>WebSockets.</summary>
    [Range(10, 1_000_000)]
    public int MaxUpgradedConnections { get; set; } = 15_000;

    /// <summary>For the headers of a request, from its first byte.</summary>
    [Range(typeof(TimeSpan), "00:00:00.500", "00:02:00")]
    public TimeSpan HeadersTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>For which a connection may be silent between two requests.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan KeepAliveTimeout { get; set; } = TimeSpan.FromSeconds(75);

    /// <summary>Bytes a second that a body must come with, after <see cref="SlowBodyGrace"/>.</summary>
    [Range(1, 1_000_000)]
    public int MinBodyBytesPerSecond { get; set; } = 240;

    [Range(typeof(TimeSpan), "00:00:01.001", "00:01:00")]
    public TimeSpan SlowBodyGrace { get; set; } = TimeSpan.FromSeconds(5);
}

internal sealed class EdgeOptionsValidator : IValidateOptions<EdgeOptions>
{
    private readonly AnnotatedEdgeOptionsValidator _annotations = new();

    public ValidateOptionsResult Validate(string? name, EdgeOptions options) =>
        options.TrustedProxies.FirstOrDefault(network => !IPNetwork.TryParse(network, out _)) is not null
            ? ValidateOptionsResult.Fail("TrustedProxies must be networks such as 10.0.0.0/8.")
            : _annotations.Validate(name, options);
}

[OptionsValidator]
internal sealed partial class AnnotatedEdgeOptionsValidator : IValidateOptions<EdgeOptions>;
