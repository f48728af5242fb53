namespace Voice.Web.Platform;

internal sealed class VoiceApiClient(HttpClient http, ILogger<VoiceApiClient> logger)
{
    public Task<ServiceAnswer<Listing<AgentSummary>>> ListAgentsAsync(CancellationToken cancellationToken) =>
        ServiceAnswer<Listing<AgentSummary>>.GetAsync(http, "/api/v1/agents?limit=100", logger, cancellationToken);

    public Task<ServiceAnswer<Listing<SessionSummary>>> ListSessionsAsync(string? cursor, int limit, CancellationToken cancellationToken) =>
        ServiceAnswer<Listing<SessionSummary>>.GetAsync(
            http,
            $"/api/v1/sessions?limit={limit}{(string.IsNullOrEmpty(cursor) ? string.Empty : $"&cursor={Uri.EscapeDataString(cursor)}")}",
            logger,
            cancellationToken);

    public Task<ServiceAnswer<SessionDetail>> GetSessionAsync(string id, CancellationToken cancellationToken) =>
        ServiceAnswer<SessionDetail>.GetAsync(http, $"/api/v1/sessions/{Uri.EscapeDataString(id)}", logger, cancellationToken);

    public Task<ServiceAnswer<RecordingLink>> GetRecordingAsync(string id, CancellationToken cancellationToken) =>
        ServiceAnswer<RecordingLink>.GetAsync(http, $"/api/v1/sessions/{Uri.EscapeDataString(id)}/recording", logger, cancellationToken);
}
