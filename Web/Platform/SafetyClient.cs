namespace Voice.Web.Platform;

internal sealed class SafetyClient(HttpClient http, ILogger<SafetyClient> logger)
{
    public Task<ServiceAnswer<Listing<InterventionRecord>>> ListInterventionsAsync(string sessionId, CancellationToken cancellationToken) =>
        ServiceAnswer<Listing<InterventionRecord>>.GetAsync(
            http, $"/api/v1/sessions/{Uri.EscapeDataString(sessionId)}/interventions", logger, cancellationToken);
}
