using Voice.Gateway.Authentication;
using Voice.ServiceDefaults.Identity;

namespace Voice.Gateway.Routing;

/// <summary>One line of the route table: which paths go to which service, who may, and within what limits.</summary>
internal sealed record ServiceRoute(string Id, string Path, string Service)
{
    public const long Kilobyte = 1024;
    public const long Megabyte = 1024 * Kilobyte;

    public const string MeterMetadata = "meter";
    public const string CompressedMetadata = "compressed";
    public const string ResponseMetadata = "max-response";

    /// <summary>No document of ours comes near it; the longest recording's transcript has a tenth of it.</summary>
    public const long LargestDocument = 32 * Megabyte;

    /// <summary>The scope that the route takes. Without one, every caller passes; <see cref="Open"/> says that nobody has to be one.</summary>
    public string? Scope { get; init; }

    public bool Open { get; init; }

    public string Policy => Open ? GatewayPolicies.Anonymous : Scope is null ? ScopePolicies.Known : ScopePolicies.NameOf(Scope);

    public IReadOnlyList<string>? Methods { get; init; }

    public long MaxBodyBytes { get; init; } = Megabyte;

    /// <summary>How long nothing may move in either direction before the exchange is given up.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Null where audio, pages or conversations come back, which have no bound of their own.</summary>
    public long? MaxResponseBytes { get; init; } = LargestDocument;

    /// <summary>Documents that hold no secret: what says when something is compressed is <see cref="Compression.DocumentCompression"/>.</summary>
    public bool Compressed { get; init; }

    /// <summary>The kind of usage that a request causes, one of <see cref="Voice.ServiceDefaults.Usage.UsageKinds"/>.</summary>
    public string? Meter { get; init; }

    /// <summary>Sent to the service instead of the path that was asked for.</summary>
    public string? ServicePath { get; init; }
}
