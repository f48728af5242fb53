using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Gateway.Tests.OpenId;

/// <summary>A browser between gateway and provider: keeps the gateway's cookies, follows one redirect at a time.</summary>
internal sealed class ProviderBrowser(GatewayHost gateway, string provider = "fake") : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });

    public Dictionary<string, string> Cookies { get; } = [];

    /// <returns>Where at the provider.</returns>
    public async Task<Uri> StartAsync(string returnUrl = "/sessions")
    {
        using var response = await GetAsync($"/api/v1/auth/openid/{provider}/start?return_url={Uri.EscapeDataString(returnUrl)}");
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        return response.Headers.Location!;
    }

    /// <summary>As the fake provider answers: at once.</summary>
    /// <returns>The way back.</returns>
    public async Task<Uri> AtProviderAsync(Uri address)
    {
        using var response = await _http.GetAsync(address).OrTimeout();
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        return response.Headers.Location!;
    }

    /// <returns>Where the gateway leads.</returns>
    public async Task<string> ReturnAsync(Uri callback)
    {
        using var response = await GetAsync(callback.PathAndQuery);
        Assert.True(response.StatusCode == HttpStatusCode.Redirect, $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        return response.Headers.Location!.ToString();
    }

    public async Task<string> SignInAsync(string returnUrl = "/sessions") => await ReturnAsync(await AtProviderAsync(await StartAsync(returnUrl)));

    public Task<HttpResponseMessage> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(gateway.Url, path)));

    public Task<HttpResponseMessage> PostAsync(string path, object body) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(gateway.Url, path)) { Content = JsonContent.Create(body) });

    public Task<HttpResponseMessage> PostFormAsync(string path, params (string Name, string Value)[] fields) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(gateway.Url, path))
        {
            Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))),
        });

    public Task<HttpResponseMessage> DeleteAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Delete, new Uri(gateway.Url, path)));

    public async Task<JsonElement> ReadAsync(string path)
    {
        using var response = await GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.JsonAsync();
    }

    /// <summary>By password, as on the page.</summary>
    public async Task SignInByPasswordAsync(string email, string password = GatewayHost.AdminPassword)
    {
        using var response = await PostAsync("/api/v1/auth/sign-in", new { email, password });
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    public bool IsSignedIn => Cookies.ContainsKey("voice.session");

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        using var sent = request;
        if (Cookies.Count > 0)
        {
            request.Headers.Add("Cookie", string.Join("; ", Cookies.Select(c => $"{c.Key}={c.Value}")));
        }

        if (request.Method != HttpMethod.Get)
        {
            request.Headers.Add("Origin", gateway.Url.GetLeftPart(UriPartial.Authority));
        }

        var response = await _http.SendAsync(request).OrTimeout();
        foreach (var cookie in response.Headers.TryGetValues("Set-Cookie", out var all) ? all : [])
        {
            var (name, value) = cookie.Split(';')[0].Split('=', 2) is [var n, var v] ? (n, v) : (cookie, "");
            if (value.Length == 0)
            {
                Cookies.Remove(name);
            }
            else
            {
                Cookies[name] = value;
            }
        }

        return response;
    }
}
