using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Running;

/// <summary>Where a project listens. External ones have the port of the launch profile (or of --port), the others any free one.</summary>
internal sealed class Endpoint(string scheme, int preferredPort) : IResourceAnnotation
{
    public string Name => scheme;

    public string Scheme => scheme;

    public int PreferredPort => preferredPort;

    public bool IsExternal { get; set; }

    /// <summary>0 until the run has decided.</summary>
    public int Port { get; set; }

    public string Url => $"{scheme}://{(IsExternal ? "localhost" : "127.0.0.1")}:{Port}";
}
