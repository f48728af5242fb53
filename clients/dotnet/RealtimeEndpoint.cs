namespace Voice.Client;

/// <summary>A platform and the right to talk to it.</summary>
/// <param name="Url">Base address, <c>http(s)://host:port</c>.</param>
/// <param name="Credential">API key; null sends none.</param>
public sealed record RealtimeEndpoint(Uri Url, string? Credential)
{
    internal Uri ForAgent(string? agent, bool resumable = false)
    {
        string?[] query = [agent is null ? null : "agent=" + Uri.EscapeDataString(agent), resumable ? "resumable=true" : null];
        return With(string.Join('&', query.Where(parameter => parameter is not null)));
    }

    /// <param name="last">Number of the last event that came.</param>
    internal Uri ForResumption(string token, long last) => With($"resume={Uri.EscapeDataString(token)}&last_event_id=event_{last}");

    private Uri With(string query) => new UriBuilder(Url)
    {
        Scheme = Url.Scheme is "https" or "wss" ? "wss" : "ws",
        Path = Url.AbsolutePath.TrimEnd('/') + "/v1/realtime",
        Query = query,
    }.Uri;
}
