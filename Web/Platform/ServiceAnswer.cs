using System.Net;
using System.Text.Json;

namespace Voice.Web.Platform;

/// <summary>What a service said, as far as a page cares: here it is, there is none, or not now.</summary>
public sealed record ServiceAnswer<T>(ServiceOutcome Outcome, T? Value)
    where T : class
{
    internal static async Task<ServiceAnswer<T>> GetAsync(HttpClient http, string path, ILogger logger, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.GetAsync(path, cancellationToken);
            if (response.StatusCode is HttpStatusCode.NotFound)
            {
                return new(ServiceOutcome.NotFound, null);
            }

            response.EnsureSuccessStatusCode();
            var value = await response.Content.ReadFromJsonAsync<T>(PlatformJson.Options, cancellationToken);
            return value is null ? new(ServiceOutcome.NotFound, null) : new(ServiceOutcome.Found, value);
        }
        catch (Exception exception) when (IsUnavailable(exception) && !cancellationToken.IsCancellationRequested)
        {
            ServiceLog.NoAnswer(logger, path.Split('?')[0], exception);
            return new(ServiceOutcome.Unavailable, null);
        }
    }

    // A timeout of HttpClient is a TaskCanceledException.
    private static bool IsUnavailable(Exception exception) => exception is HttpRequestException or JsonException or TaskCanceledException;
}
