using Voice.Api.Agents;
using Voice.Api.Recordings;
using Voice.Api.Sessions;
using Voice.Api.Transcripts;

namespace Voice.Api.Http;

internal static class ApiApplicationExtensions
{
    /// <summary>Everything below <c>/api/v1</c>.</summary>
    public static WebApplication MapApi(this WebApplication app)
    {
        app.MapAgentsApi();
        app.MapSessionsApi();
        app.MapRecordingsApi();
        app.MapTranscriptsApi();
        return app;
    }
}
