using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Voice.Client;

namespace Voice.Cli.Replay;

internal sealed class ReplayRun(CliConsole console)
{
    /// <summary>A real model is asked for each turn of what may have been an hour.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    public async Task<int> RunAsync(ReplayOptions options, CancellationToken cancellationToken)
    {
        var endpoint = PlatformAddress.Resolve(options.Url, options.Key, options.Data, console.Environment);
        var body = await AskAsync(endpoint, options, cancellationToken);
        await console.Output.WriteLineAsync(options.Json ? body : ReplayText.Format(body));
        return ExitCode.Done;
    }

    private static async Task<string> AskAsync(RealtimeEndpoint endpoint, ReplayOptions options, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { Timeout = Patience };
        var scheme = endpoint.Url.Scheme is "https" or "wss" ? "https" : "http";
        var address = new UriBuilder(endpoint.Url) { Scheme = scheme, Path = $"/api/v1/sessions/{Uri.EscapeDataString(options.Session)}/replays" }.Uri;
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new StringContent(options.Agent is { } version ? $$"""{"agent_version":{{version}}}""" : "{}", Encoding.UTF8, "application/json"),
        };
        if (endpoint.Credential is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", endpoint.Credential);
        }

        try
        {
            using var response = await client.SendAsync(request, cancellationToken);
            var body = await response.Content.ReadAsStringAsync(cancellationToken);
            return response.IsSuccessStatusCode ? body : throw Refused(response.StatusCode, body);
        }
        catch (HttpRequestException failure)
        {
            throw new CliException(ExitCode.Unreachable, $"No platform answers at {endpoint.Url}: {failure.Message}", failure);
        }
    }

    private static CliException Refused(HttpStatusCode status, string body) => new(
        status switch
        {
            HttpStatusCode.Unauthorized => ExitCode.Unauthorized,
            HttpStatusCode.NotFound => ExitCode.UnknownSession,
            _ => ExitCode.ConversationFailed,
        },
        $"The platform refused the replay ({(int)status}): {Detail(body) ?? status.ToString()}");

    private static string? Detail(string body)
    {
        try
        {
            using var problem = JsonDocument.Parse(body);
            return problem.RootElement.TryGetProperty("detail", out var detail) ? detail.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
