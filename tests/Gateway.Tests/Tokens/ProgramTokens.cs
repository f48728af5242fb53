using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Gateway.Tests.Tokens;

/// <summary>The tokens of a program, got as its user gets them.</summary>
internal static class ProgramTokens
{
    public static async Task<JsonElement> CreateAsync(this GatewayHost gateway, string email, string role = "member", params string[] scopes)
    {
        await gateway.NewUserOfOwnAsync(email, role: role);
        using var client = gateway.WithCookie(await gateway.CookieAsync(email));
        using var response = await client.PostAsJsonAsync("/api/v1/auth/tokens", new { device = "A program", scopes = scopes.Length == 0 ? null : scopes });
        response.EnsureSuccessStatusCode();
        return await response.JsonAsync();
    }

    public static async Task<HttpResponseMessage> RefreshAsync(this GatewayHost gateway, string token)
    {
        using var client = gateway.Anonymous();
        return await client.PostAsJsonAsync("/api/v1/auth/tokens/refresh", new { refresh_token = token });
    }

    public static HttpClient WithToken(this GatewayHost gateway, string token)
    {
        var client = gateway.Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public static string Access(this JsonElement tokens) => tokens.GetProperty("access_token").GetString()!;

    public static string Refresh(this JsonElement tokens) => tokens.GetProperty("refresh_token").GetString()!;
}
