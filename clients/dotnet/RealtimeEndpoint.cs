namespace Voice.Client;

/// <summary>A platform and the right to talk to it.</summary>
/// <param name="Url">Base address, <c>http(s)://host:port</c>.</param>
/// <param name="Credential">API key; null sends none.</param>
public sealed record RealtimeEndpoint(Uri Url, string? Credential)
{
    internal Uri ForAgent(string? agent)
    {
        var builder = new UriBuilder(Url)
        {
            Scheme = Url.Scheme is "https" or "wss" ? "wss" : "ws",
            Path = Url.AbsolutePath.TrimEnd('/') + "/v1/realtime",
            Query = agent is null ? "" : "agent=" + Uri.EscapeDataString(agent),
        };
        return builder.Uri;
    }
}
