using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Platform.Tests.Api;

/// <summary>Every operation of the document, as nobody, as somebody who may less, as another organization, and from another site.</summary>
[Collection(PlatformCollection.Name)]
public sealed class EndpointWalkTests(PlatformFixture platform) : IAsyncLifetime
{
    private static readonly IPAddress Address = IPAddress.Parse("127.0.0.31");

    private readonly Tenants _tenants = new(platform);
    private readonly string _organization = Tenants.NewOrganizationId();
    private ApiDocument _document = null!;

    public async Task InitializeAsync()
    {
        _document = await ApiDocument.FetchAsync(platform);
        await _tenants.AddOrganizationAsync(_organization);
    }

    public async Task DisposeAsync() => await _tenants.DisposeAsync();

    [Fact]
    public async Task Nobody_gets_in_where_the_document_does_not_say_so()
    {
        using var client = Tenants.CreateClient(platform.Url, Address);
        List<string> wrong = [];
        foreach (var operation in _document.Operations.Where(operation => !operation.IsAnonymous))
        {
            using var response = await WalkRequest.SendAsync(client, operation, "x");
            if (response.StatusCode != HttpStatusCode.Unauthorized || response.Headers.WwwAuthenticate.Count == 0)
            {
                wrong.Add($"{operation}: {(int)response.StatusCode}");
            }

            wrong.AddRange(await WrongHeadersAsync(operation, response));
        }

        Assert.Empty(wrong);
        Assert.True(_document.Operations.Count > 40);
    }

    [Theory]
    [InlineData("viewer", "sessions:write,agents:write,speech:use,keys:manage,members:manage,audit:read,organization:manage,pipelines:write,providers:write")]
    [InlineData("member", "keys:manage,members:manage,audit:read,organization:manage,providers:write")]
    public async Task A_role_that_lacks_the_scope_is_refused_and_told_which(string role, string lacking)
    {
        var missing = lacking.Split(',');
        using var client = await _tenants.SignInAsync((await _tenants.AddUserAsync(_organization, role)).Email, Address);
        var operations = _document.Operations.Where(operation => operation.Scopes.Any(missing.Contains)).ToList();
        List<string> wrong = [];
        foreach (var operation in operations)
        {
            using var response = await WalkRequest.SendAsync(client, operation, "x");
            var body = await response.Content.ReadAsStringAsync();
            if (response.StatusCode != HttpStatusCode.Forbidden || !body.Contains("insufficient_scope", StringComparison.Ordinal))
            {
                wrong.Add($"{operation}: {(int)response.StatusCode} {body}");
            }
        }

        Assert.Empty(wrong);
        Assert.NotEmpty(operations);
    }

    [Fact]
    public async Task What_belongs_to_another_organization_is_not_there()
    {
        var (theirs, identifiers) = await ThingsOfAnotherAsync();
        using var owner = await _tenants.SignInAsync((await _tenants.AddUserAsync(_organization, "owner")).Email, Address);
        using var key = Tenants.CreateClient(platform.Url, Address);
        key.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await _tenants.AddKeyAsync(_organization, ScopesOf(_document)));
        using var theirOwner = theirs;

        List<string> wrong = [];
        foreach (var operation in _document.Operations.Where(operation => operation.Path.Contains('{', StringComparison.Ordinal) && !operation.IsAnonymous && !operation.Path.StartsWith("/v1/models", StringComparison.Ordinal)
            && !operation.Path.StartsWith("/api/v1/voices", StringComparison.Ordinal)))
        {
            var prefix = operation.Path[..operation.Path.IndexOf('{', StringComparison.Ordinal)];
            if (!identifiers.TryGetValue(prefix, out var id))
            {
                wrong.Add($"{operation}: this test does not know an id of another organization for it; add one to {nameof(Things)}");
                continue;
            }

            // The proof that the id is one: its owner sees it. Only where looking changes nothing.
            if (operation is { Method: "GET" } && operation.Path.EndsWith('}') && !operation.Path.StartsWith("/api/v1/outbox", StringComparison.Ordinal))
            {
                using var seen = await WalkRequest.SendAsync(theirOwner, operation, id);
                if (!seen.IsSuccessStatusCode)
                {
                    wrong.Add($"{operation}: its own organization gets {(int)seen.StatusCode} for {id}");
                }
            }

            // Where the document says that keys are not taken, a key is refused before anything is looked for.
            foreach (var (name, client) in new[] { ("owner", owner), ("key", key) }.Where(caller => caller.Item1 != "key" || operation.TakesKeys))
            {
                using var response = await WalkRequest.SendAsync(client, operation, id);
                var body = await response.Content.ReadAsStringAsync();
                // 403 would say that it is there.
                if (response.StatusCode != HttpStatusCode.NotFound)
                {
                    wrong.Add($"{operation} as {name}: {(int)response.StatusCode} {body}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData(null, null)]
    public async Task A_change_by_cookie_from_another_site_is_refused_everywhere(string? header, string? value)
    {
        using var client = await _tenants.SignInAsync((await _tenants.AddUserAsync(_organization, "owner")).Email, IPAddress.Parse($"127.0.1.{1 + (header + value).Length}"));
        client.DefaultRequestHeaders.Remove("Origin");
        if (header is not null)
        {
            client.DefaultRequestHeaders.TryAddWithoutValidation(header, value);
        }

        List<string> wrong = [];
        foreach (var operation in _document.Operations.Where(operation => operation.Method is not ("GET" or "HEAD")))
        {
            using var response = await WalkRequest.SendAsync(client, operation, "x");
            var body = await response.Content.ReadAsStringAsync();
            if (response.StatusCode != HttpStatusCode.Forbidden || !body.Contains("cross_site_request", StringComparison.Ordinal))
            {
                wrong.Add($"{operation}: {(int)response.StatusCode} {body}");
            }
        }

        Assert.Empty(wrong);
        using var still = await client.GetAsync("/api/v1/auth/me").OrTimeout();
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
    }

    private static string[] ScopesOf(ApiDocument document) => [.. document.Operations.SelectMany(operation => operation.Scopes).Distinct()];

    private static async Task<IEnumerable<string>> WrongHeadersAsync(ApiOperation operation, HttpResponseMessage response)
    {
        List<string> wrong = [];
        foreach (var (name, value) in new[] { ("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"), ("Content-Security-Policy", "default-src 'none'"), ("Referrer-Policy", "same-origin"), ("X-Request-Id", "req_") })
        {
            if (!response.Headers.TryGetValues(name, out var values) || !values.Single().StartsWith(value, StringComparison.Ordinal))
            {
                wrong.Add($"{operation}: {name}");
            }
        }

        var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        if (operation.Path.StartsWith("/v1", StringComparison.Ordinal) ? !body.TryGetProperty("error", out _) : !body.TryGetProperty("type", out _))
        {
            wrong.Add($"{operation}: {body}");
        }

        return wrong;
    }

    /// <summary>An organization with one of everything: its owner, and an id for each prefix of a path.</summary>
    private async Task<(HttpClient Owner, Dictionary<string, string> Ids)> ThingsOfAnotherAsync()
    {
        var organization = Tenants.NewOrganizationId();
        await _tenants.AddOrganizationAsync(organization);
        var (email, ids) = await _tenants.AddThingsAsync(organization);
        var client = await _tenants.SignInAsync(email, Address);
        using var signIns = await client.GetAsync("/api/v1/auth/sessions").OrTimeout();
        ids["/api/v1/auth/sessions/"] = JsonDocument.Parse(await signIns.Content.ReadAsStringAsync()).RootElement.GetProperty("data")[0].GetProperty("id").GetString()!;
        return (client, ids);
    }
}
