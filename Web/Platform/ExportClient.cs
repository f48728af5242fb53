namespace Voice.Web.Platform;

internal sealed class ExportClient(HttpClient http, ILogger<ExportClient> logger)
{
    public Task<ServiceAnswer<Listing<ExportRecord>>> ListExportsAsync(string sessionId, CancellationToken cancellationToken) =>
        ServiceAnswer<Listing<ExportRecord>>.GetAsync(
            http, $"/api/v1/sessions/{Uri.EscapeDataString(sessionId)}/exports", logger, cancellationToken);
}
