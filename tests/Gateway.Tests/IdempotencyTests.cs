using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Gateway.Tests;

/// <summary>What the gateway creates is created once, however often the request comes, and by whom else.</summary>
public sealed class IdempotencyTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    private const string Keys = "/api/v1/api-keys";

    private readonly string _key = Guid.NewGuid().ToString("n");

    public static TheoryData<string, string, string> Creates => new()
    {
        { Keys, """{"name":"Once","scopes":["agents:read"]}""", "select count(*) from identity.api_keys where name = 'Once'" },
        { "/api/v1/organizations", """{"name":"Once Inc"}""", "select count(*) from identity.organizations where name = 'Once Inc'" },
        { "/api/v1/invitations", """{"email":"once@example.com","role":"viewer"}""", "select count(*) from identity.mails where recipient = 'once@example.com'" },
    };

    [Theory]
    [MemberData(nameof(Creates))]
    public async Task The_same_request_again_gets_the_same_answer_and_creates_nothing(string path, string body, string count)
    {
        using var owner = await OwnerAsync();
        var before = await gateway.Database.ScalarAsync<long>(count);
        using var first = await SendAsync(owner, path, body);
        using var second = await SendAsync(owner, path, body);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.StatusCode, second.StatusCode));
        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.False(first.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal("true", second.Headers.GetValues("Idempotency-Replayed").Single());
        Assert.Equal(before + 1, await gateway.Database.ScalarAsync<long>(count));
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_refused()
    {
        using var owner = await OwnerAsync();
        using var first = await SendAsync(owner, Keys, """{"name":"a","scopes":["agents:read"]}""");
        using var second = await SendAsync(owner, Keys, """{"name":"b","scopes":["agents:read"]}""");
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.UnprocessableEntity), (first.StatusCode, second.StatusCode));
        Assert.Contains("idempotency_key_reused", await second.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_many_at_the_same_moment_one_creates_and_the_others_are_given_its_answer_or_told_to_wait()
    {
        using var owner = await OwnerAsync();
        var name = $"parallel {_key}";
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(async _ =>
        {
            using var response = await SendAsync(owner, Keys, JsonSerializer.Serialize(new { name, scopes = new[] { "agents:read" } }));
            return (response.StatusCode, Body: await response.Content.ReadAsStringAsync());
        }));

        Assert.Equal(1, await gateway.Database.ScalarAsync<long>($"select count(*) from identity.api_keys where name = '{name}'"));
        Assert.All(answers, answer => Assert.True(
            answer.StatusCode is HttpStatusCode.Created || (answer.StatusCode is HttpStatusCode.Conflict && answer.Body.Contains("idempotency_in_progress", StringComparison.Ordinal)), $"{answer}"));
        Assert.Single(answers.Where(answer => answer.StatusCode is HttpStatusCode.Created).Select(answer => answer.Body).Distinct());
    }

    [Fact]
    public async Task Another_organization_with_the_same_key_gets_a_thing_of_its_own()
    {
        const string Body = """{"name":"whose","scopes":["agents:read"]}""";
        using var ours = await OwnerAsync();
        using var theirs = await OwnerAsync($"org_{_key}");
        using var first = await SendAsync(ours, Keys, Body);
        using var second = await SendAsync(theirs, Keys, Body);
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.StatusCode, second.StatusCode));
        Assert.False(second.Headers.Contains("Idempotency-Replayed"));
        Assert.NotEqual(await SecretAsync(first), await SecretAsync(second));
    }

    [Fact]
    public async Task A_secret_that_is_kept_for_a_repetition_is_nowhere_in_the_clear()
    {
        using var owner = await OwnerAsync();
        using var response = await SendAsync(owner, Keys, """{"name":"secret","scopes":["agents:read"]}""");
        var secret = await SecretAsync(response);

        Assert.NotEqual(0, await CountAsync("answer is not null"));
        Assert.Equal(0, await CountAsync($"position(convert_to('{secret}', 'UTF8') in answer) > 0"));
        // The client's key opens it: that one must not lie beside it.
        Assert.Equal(0, await CountAsync($"position('{_key}' in r::text) > 0 or position(encode(convert_to('{_key}', 'UTF8'), 'hex') in r::text) > 0"));

        Task<long> CountAsync(string condition) => gateway.Database.ScalarAsync<long>($"select count(*) from identity.idempotent_requests r where {condition}");
    }

    private static async Task<string> SecretAsync(HttpResponseMessage response) => (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("secret").GetString()!;

    private async Task<HttpClient> OwnerAsync(string organization = "org_default")
    {
        var email = $"owner-{Guid.NewGuid():n}@example.com";
        await gateway.NewUserOfOwnAsync(email, organization, "owner");
        return gateway.WithCookie(await gateway.CookieAsync(email));
    }

    private async Task<HttpResponseMessage> SendAsync(HttpClient client, string path, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", _key);
        return await client.SendAsync(request).OrTimeout();
    }
}
