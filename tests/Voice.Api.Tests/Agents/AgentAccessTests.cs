using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Voice.Api.Agents;
using Voice.Api.Tests.Support;
using Voice.ServiceDefaults.Identity;

namespace Voice.Api.Tests.Agents;

public sealed class AgentAccessTests(VoiceApi api) : IClassFixture<VoiceApi>
{
    [Fact]
    public async Task An_agent_that_is_kept_for_some_is_not_there_for_the_others()
    {
        using var owner = As("owner", "user_owner");
        await KeepAsync(owner, "companion", new { role = "viewer" }, new { user = "user_anna" });

        Assert.Equal(["interpreter", "receptionist"], await IdsAsync("member", "user_bert"));
        Assert.Equal(["companion", "interpreter", "receptionist"], await IdsAsync("member", "user_anna"));
        Assert.Equal(["companion", "interpreter", "receptionist"], await IdsAsync("viewer", "user_bert"));
        Assert.Equal(["companion", "interpreter", "receptionist"], await IdsAsync("admin", "user_cleo"));
        using var bert = As("member", "user_bert");
        Assert.Equal(HttpStatusCode.NotFound, (await bert.GetAsync("/api/v1/agents/companion").OrTimeout()).StatusCode);
        using var key = api.CreateAnonymousClient();
        key.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", TestIdentity.Token(kind: "api_key", subject: "key_1"));
        Assert.Equal(HttpStatusCode.OK, (await key.GetAsync("/api/v1/agents/companion").OrTimeout()).StatusCode);

        await KeepAsync(owner, "companion");
        Assert.Equal(["companion", "interpreter", "receptionist"], await IdsAsync("member", "user_bert"));
    }

    [Fact]
    public async Task Nobody_talks_to_an_agent_that_is_kept_for_others_by_id_by_name_or_by_a_client_secret()
    {
        using var owner = As("owner", "user_owner");
        await KeepAsync(owner, "interpreter", new { role = "admin" });
        var catalog = api.Services.GetRequiredService<AgentCatalog>();
        var member = new Caller("org_default", "user_bert", "user", "bert") { Role = Roles.Member };
        Assert.Null(await catalog.FindAsync(member, "interpreter", CancellationToken.None).OrTimeout());
        Assert.Null(await catalog.FindAsync(member, "Medical Interpreter", CancellationToken.None).OrTimeout());
        Assert.NotNull(await catalog.FindAsync(member with { Role = Roles.Admin }, "Medical Interpreter", CancellationToken.None).OrTimeout());

        using var bert = As("member", "user_bert");
        using var response = await bert.PostAsJsonAsync("/v1/realtime/client_secrets", new { session = new { type = "realtime", model = "interpreter" } }).OrTimeout();
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        await KeepAsync(owner, "interpreter");
        using var open = await bert.PostAsJsonAsync("/v1/realtime/client_secrets", new { session = new { type = "realtime", model = "interpreter" } }).OrTimeout();
        Assert.Equal(HttpStatusCode.OK, open.StatusCode);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"restricted_to":[null]}""")]
    [InlineData("""{"restricted_to":[{}]}""")]
    [InlineData("""{"restricted_to":[{"role":"king"}]}""")]
    [InlineData("""{"restricted_to":[{"role":"admin","user":"user_1"}]}""")]
    [InlineData("""{"restricted_to":[{"user":"a b"}]}""")]
    public async Task A_list_that_makes_no_sense_is_refused(string body)
    {
        using var owner = As("owner", "user_owner");
        using var response = await owner.PutAsync("/api/v1/agents/receptionist/access", new StringContent(body, null, "application/json")).OrTimeout();
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("invalid_access", await response.CodeAsync());
    }

    [Fact]
    public async Task Only_who_manages_members_says_whom_an_agent_is_for_and_only_in_the_own_organization()
    {
        using var member = As("member", "user_bert");
        Assert.Equal(HttpStatusCode.Forbidden, (await member.GetAsync("/api/v1/agents/receptionist/access").OrTimeout()).StatusCode);
        await api.Database.AddAgentAsync("org_theirs", "theirs");
        using var stranger = As("owner", "user_owner", "org_other");
        using var response = await stranger.PutAsJsonAsync("/api/v1/agents/theirs/access", new { restricted_to = Array.Empty<object>() }).OrTimeout();
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private static async Task KeepAsync(HttpClient client, string agent, params object[] principals)
    {
        using var response = await client.PutAsJsonAsync($"/api/v1/agents/{agent}/access", new { restricted_to = principals }).OrTimeout();
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var read = await client.GetFromJsonAsync<JsonElement>($"/api/v1/agents/{agent}/access").OrTimeout();
        Assert.Equal(principals.Length, read.GetProperty("restricted_to").GetArrayLength());
    }

    private async Task<List<string>> IdsAsync(string role, string user)
    {
        using var client = As(role, user);
        var page = await client.GetFromJsonAsync<JsonElement>("/api/v1/agents").OrTimeout();
        return [.. page.GetProperty("data").EnumerateArray().Select(a => a.GetProperty("id").GetString()!)];
    }

    private HttpClient As(string role, string user, string organization = "org_default")
    {
        var client = api.CreateAnonymousClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", TestIdentity.Token(organization, user, scopes: Roles.ScopesOf(role).ToString(), role: role));
        return client;
    }
}
