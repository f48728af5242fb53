using System.Net;
using System.Net.Http.Headers;
using System.Text;
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
            using var response = await SendAsync(client, operation, "x");
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
    [InlineData("viewer", "sessions:write,agents:write,speech:use,keys:manage,members:manage,audit:read,organization:manage")]
    [InlineData("member", "keys:manage,members:manage,audit:read,organization:manage")]
    public async Task A_role_that_lacks_the_scope_is_refused_and_told_which(string role, string lacking)
    {
        var missing = lacking.Split(',');
        using var client = await _tenants.SignInAsync((await _tenants.AddUserAsync(_organization, role)).Email, Address);
        var operations = _document.Operations.Where(operation => operation.Scopes.Any(missing.Contains)).ToList();
        List<string> wrong = [];
        foreach (var operation in operations)
        {
            using var response = await SendAsync(client, operation, "x");
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
        key.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await _tenants.AddKeyAsync(_organization));
        using var theirOwner = theirs;

        List<string> wrong = [];
        foreach (var operation in _document.Operations.Where(operation => operation.Path.Contains('{', StringComparison.Ordinal) && !operation.IsAnonymous && !operation.Path.StartsWith("/v1/models", StringComparison.Ordinal)))
        {
            var prefix = operation.Path[..operation.Path.IndexOf('{', StringComparison.Ordinal)];
            if (!identifiers.TryGetValue(prefix, out var id))
            {
                wrong.Add($"{operation}: this test does not know an id of another organization for it; add one to {nameof(ThingsOfAnotherAsync)}");
                continue;
            }

            // The proof that the id is one: its owner sees it. Only where looking changes nothing.
            if (operation is { Method: "GET" } && operation.Path.EndsWith('}') && !operation.Path.StartsWith("/api/v1/outbox", StringComparison.Ordinal))
            {
                using var seen = await SendAsync(theirOwner, operation, id);
                if (!seen.IsSuccessStatusCode)
                {
                    wrong.Add($"{operation}: its own organization gets {(int)seen.StatusCode} for {id}");
                }
            }

            foreach (var (name, client) in new[] { ("owner", owner), ("key", key) })
            {
                using var response = await SendAsync(client, operation, id);
                var body = await response.Content.ReadAsStringAsync();
                // Keys are no people: some addresses refuse them before they look.
                if (response.StatusCode != HttpStatusCode.NotFound && !(name == "key" && response.StatusCode == HttpStatusCode.Forbidden))
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
            using var response = await SendAsync(client, operation, "x");
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
        var (ownerId, email) = await _tenants.AddUserAsync(organization, "owner");
        var member = await _tenants.AddUserAsync(organization, "member");
        var client = await _tenants.SignInAsync(email, Address);
        var tag = Guid.NewGuid().ToString("n");
        var (agent, session) = ($"agent_{tag}", $"sess_{tag}");
        await _tenants.ExecuteAsync(
            "insert into voice.agents (organization_id, id, name, description, mode, language, instructions, tools) values ($1, $2, 'Theirs', '', 'agent', 'en', 'Be brief.', '[]')", organization, agent);
        await _tenants.ExecuteAsync(
            """
            insert into voice.sessions (id, organization_id, user_id, agent_id, agent_name, mode, language, transport, status, started_at, ended_at, heartbeat_at)
            values ($1, $2, $3, $4, 'Theirs', 'agent', 'en', 'websocket', 'ended', now(), now(), now())
            """,
            session, organization, ownerId, agent);
        var invitation = $"inv_{tag}";
        await _tenants.ExecuteAsync(
            "insert into identity.invitations (id, organization_id, email, role, invited_by, created_at, expires_at) values ($1, $2, 'b@example.com', 'viewer', $3, now(), now() + interval '1 day')",
            invitation, organization, ownerId);
        using var signIns = await client.GetAsync("/api/v1/auth/sessions").OrTimeout();
        var signIn = JsonDocument.Parse(await signIns.Content.ReadAsStringAsync()).RootElement.GetProperty("data")[0].GetProperty("id").GetString()!;
        // Mails are the installation's: only its first organization has them, and everybody else none.
        var mail = $"mail_{tag}";
        await _tenants.ExecuteAsync(
            "insert into identity.mails (id, kind, recipient, language, created_at, next_try_at, subject, body, state) values ($1, 'sign_up', 'b@example.com', 'en', now(), now(), 'x', '\\x00', 'kept')", mail);
        var key = $"key_{tag}";
        await _tenants.ExecuteAsync("insert into identity.api_keys (id, organization_id, name, key_sha256, created_at) values ($1, $2, 'theirs', sha256($1::bytea), now())", key, organization);
        return (client, new Dictionary<string, string>
        {
            ["/api/v1/agents/"] = agent,
            ["/api/v1/sessions/"] = session,
            ["/api/v1/invitations/"] = invitation,
            ["/api/v1/members/"] = member.Id,
            ["/api/v1/auth/sessions/"] = signIn,
            ["/api/v1/outbox/"] = mail,
            ["/api/v1/limits/keys/"] = key,
            ["/api/v1/api-keys/"] = key,
            ["/api/v1/keys/"] = key,
        });
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, ApiOperation operation, string id)
    {
        var path = System.Text.RegularExpressions.Regex.Replace(operation.Path, @"\{\w+\}", id);
        using var request = new HttpRequestMessage(new HttpMethod(operation.Method), path);
        if (operation.Body is { } body && body.Type == "application/json")
        {
            request.Content = new StringContent(body.Media["example"]!.ToJsonString(), Encoding.UTF8, body.Type);
        }
        else if (operation.Body is not null)
        {
            request.Content = new MultipartFormDataContent { { new ByteArrayContent([1, 2, 3]), "file", "a.wav" } };
        }

        if (operation.Parameters.Any(parameter => parameter["name"]!.GetValue<string>() == "If-Match"))
        {
            request.Headers.TryAddWithoutValidation("If-Match", "*");
        }

        return await client.SendAsync(request).OrTimeout();
    }
}
