using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Voice.ServiceDefaults.Identity;

namespace Voice.Inference.TranscriptionJobs.Work;

/// <summary>Recordings of conversations, which are voice-api's: asked for at its API, as this service on behalf of the organization whose they are.</summary>
internal sealed class SessionRecordings(IHttpClientFactory clients, IdentityTokens tokens, IConfiguration configuration)
{
    public const string ClientName = "recordings";

    /// <summary>Where this worker knows no voice-api, there are none.</summary>
    public bool AreAvailable => configuration[$"services:{ServiceNames.VoiceApi}:https:0"] is not null || configuration[$"services:{ServiceNames.VoiceApi}:http:0"] is not null;

    /// <summary>Null where there is a recording; otherwise <c>session_not_found</c> or <c>recording_not_found</c>.</summary>
    public async Task<string?> FindProblemAsync(string organizationId, string sessionId, CancellationToken cancellationToken)
    {
        using var response = await AskAsync(organizationId, sessionId, cancellationToken);
        return response.StatusCode == HttpStatusCode.NotFound ? await CodeAsync(response, cancellationToken) : response.EnsureSuccessStatusCode().IsSuccessStatusCode ? null : "";
    }

    /// <summary>The recording as it is now. The caller disposes the response.</summary>
    /// <exception cref="SourceGoneException">There is none any more.</exception>
    public async Task<HttpResponseMessage> OpenAsync(string organizationId, string sessionId, CancellationToken cancellationToken)
    {
        using var response = await AskAsync(organizationId, sessionId, cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            throw new SourceGoneException("The session's recording is no longer there.");
        }

        response.EnsureSuccessStatusCode();
        var link = await JsonSerializer.DeserializeAsync(
            await response.Content.ReadAsStreamAsync(cancellationToken), RecordingJson.Default.RecordingAddress, cancellationToken)
            ?? throw new HttpRequestException("voice-api gave no link.");
        var content = await clients.CreateClient(ClientName).GetAsync(new Uri(link.Url, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (content.StatusCode is HttpStatusCode.NotFound)
        {
            content.Dispose();
            throw new SourceGoneException("The session's recording is no longer there.");
        }

        return content.EnsureSuccessStatusCode();
    }

    private async Task<HttpResponseMessage> AskAsync(string organizationId, string sessionId, CancellationToken cancellationToken)
    {
        // A job outlives the token that its request came with; this one says for whom, and may do nothing but read.
        var caller = new Caller(organizationId, ServiceNames.Inference, "service", ServiceNames.Inference) { Scopes = ScopeSet.Of(Scopes.SessionsRead) };
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/sessions/{Uri.EscapeDataString(sessionId)}/recording");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens.Issue(caller, ServiceNames.VoiceApi));
        return await clients.CreateClient(ClientName).SendAsync(request, cancellationToken);
    }

    private static async Task<string> CodeAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var problem = await JsonSerializer.DeserializeAsync(await response.Content.ReadAsStreamAsync(cancellationToken), RecordingJson.Default.RecordingProblem, cancellationToken);
        return problem?.Code == "recording_not_found" ? "recording_not_found" : "session_not_found";
    }
}

internal sealed record RecordingAddress(string Url);

internal sealed record RecordingProblem(string? Code);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(RecordingAddress))]
[JsonSerializable(typeof(RecordingProblem))]
internal sealed partial class RecordingJson : JsonSerializerContext;
