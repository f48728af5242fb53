using System.Net;

namespace ServiceDefaults.Tests;

internal static class HttpClientTestExtensions
{
    /// <summary>The body of an answer that is expected to have this status.</summary>
    public static async Task<string> GetStringAsyncOf(this HttpClient client, string path, HttpStatusCode status)
    {
        using var response = await client.GetAsync(path).OrTimeout();
        Assert.Equal(status, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }
}
