using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Voice.Api.Agents;
using Voice.Api.Tests.Support;

namespace Voice.Api.Tests.Agents;

public sealed class AgentsApiTests(VoiceApi api) : IClassFixture<VoiceApi>
{
    private AgentCatalog Catalog => api.Services.GetRequiredService<AgentCatalog>();

    [Fact]
    public async Task The_three_seeded_agents_are_listed_and_read()
    {
        using var client = api.CreateClient();
        var page = await client.GetFromJsonAsync<JsonElement>("/api/v1/agents?limit=2").OrTimeout();
        var rest = await client.GetFromJsonAsync<JsonElement>($"/api/v1/agents?limit=2&cursor={page.GetProperty("next_cursor").GetString()}").OrTimeout();
        Assert.Equal(
            ["companion", "interpreter", "receptionist"],
            page.GetProperty("data").EnumerateArray().Concat(rest.GetProperty("data").EnumerateArray()).Select(a => a.GetProperty("id").GetString()));
        Assert.Equal(JsonValueKind.Null, rest.GetProperty("next_cursor").ValueKind);

        var interpreter = await client.GetFromJsonAsync<JsonElement>("/api/v1/agents/interpreter").OrTimeout();
        Assert.Equal(("en", "es"), (interpreter.GetProperty("language").GetString(), interpreter.GetProperty("target_language").GetString()));
        Assert.False(interpreter.TryGetProperty("instructions", out _));
    }

    [Theory]
    [InlineData("org_default", "nobody")]
    [InlineData("org_other", "theirs")]
    public async Task An_agent_that_is_not_yours_is_not_found(string organizationId, string id)
    {
        await api.Database.AddAgentAsync("org_theirs", "theirs");
        using var client = api.CreateClient(organizationId);
        using var response = await client.GetAsync($"/api/v1/agents/{id}").OrTimeout();

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("agent_not_found", await response.CodeAsync());
    }

    [Fact]
    public async Task A_new_organization_has_the_agents_that_everybody_begins_with_at_its_first_look()
    {
        using var client = api.CreateClient("org_new");
        var first = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.GetFromJsonAsync<JsonElement>("/api/v1/agents").OrTimeout()));
        Assert.All(first, page => Assert.Equal(
            ["companion", "interpreter", "receptionist"], page.GetProperty("data").EnumerateArray().Select(a => a.GetProperty("id").GetString())));
        var own = await Catalog.FindAsync("org_new", "receptionist", CancellationToken.None).OrTimeout();
        var original = await Catalog.FindAsync("org_default", "receptionist", CancellationToken.None).OrTimeout();
        Assert.Equal((original!.Instructions, original.Knowledge.Count, 1), (own!.Instructions, own.Knowledge.Count, own.Version));
    }

    [Fact]
    public async Task Starter_agents_are_an_organizations_own_and_what_it_takes_away_stays_away()
    {
        using var client = api.CreateClient("org_leaner");
        Assert.NotNull(await Catalog.FindAsync("org_leaner", "companion", CancellationToken.None).OrTimeout());
        await using (var command = api.Database.DataSource.CreateCommand(
            "delete from voice.agents where organization_id = 'org_leaner' and id = 'companion'; update voice.agents set name = 'Front desk' where organization_id = 'org_leaner' and id = 'receptionist'"))
        {
            await command.ExecuteNonQueryAsync();
        }

        // As a server that has just started.
        var restarted = new AgentCatalog(api.Database.DataSource, new StarterAgents(api.Database.DataSource));
        Assert.Null(await restarted.FindAsync("org_leaner", "companion", CancellationToken.None).OrTimeout());
        Assert.Equal("Front desk", (await restarted.FindAsync("org_leaner", "receptionist", CancellationToken.None).OrTimeout())!.Name);
        Assert.Equal("Clinic receptionist", (await restarted.FindAsync("org_leaner_other", "receptionist", CancellationToken.None).OrTimeout())!.Name);
    }

    [Theory]
    [InlineData("%00")]
    [InlineData("cmVjZXB0!")]
    [InlineData("AAAA")]
    public async Task A_bad_cursor_is_refused(string cursor)
    {
        using var client = api.CreateClient();
        using var response = await client.GetAsync($"/api/v1/agents?cursor={cursor}").OrTimeout();

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("invalid_cursor", await response.CodeAsync());
    }

    [Fact]
    public async Task The_receptionist_knows_its_clinic()
    {
        var agent = await Catalog.FindAsync("org_default", "receptionist", CancellationToken.None).OrTimeout();

        Assert.NotNull(agent);
        Assert.Equal("agent", agent.Mode);
        Assert.NotEmpty(agent.Greeting);
        Assert.InRange(agent.Knowledge.Count, 20, 40);
        Assert.All(agent.Knowledge, entry => Assert.True(entry.Title.Length > 0 && entry.Text.Length > 20));
        Assert.Contains(agent.Knowledge, entry => entry.Title == "Opening hours" && entry.Text.Contains("Monday to Friday", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("clinic RECEPTIONIST", "receptionist")]
    [InlineData("companion", "companion")]
    [InlineData("re\0ceptionist", null)]
    [InlineData("", null)]
    public async Task FindAsync_IdOrNameWithoutRegardToCase_Finds(string idOrName, string? id)
    {
        Assert.Equal(id, (await Catalog.FindAsync("org_default", idOrName, CancellationToken.None).OrTimeout())?.Id);
    }

    [Fact]
    public async Task Tools_are_shown_without_what_opens_the_door()
    {
        await using (var command = api.Database.DataSource.CreateCommand("""
            insert into voice.agents (organization_id, id, name, description, mode, language, instructions, tools)
            values ('org_tools', 'booker', 'Booker', '', 'agent', 'en', 'Be brief.', '[
              {"name":"book","description":"Books.","parameters":{"type":"object","properties":{"day":{"type":"string"}},"required":["day"]},
               "url":"https://user:secret@clinic.example/book?key=secret","headers":{"authorization":"Bearer secret"},"timeout_ms":2000,"filler":"One moment."},
              {"name":"hours","description":"Opening hours.","url":"https://clinic.example/hours","method":"GET"}]')
            """))
        {
            await command.ExecuteNonQueryAsync();
        }

        using var client = api.CreateClient("org_tools");
        var body = await client.GetStringAsync("/api/v1/agents/booker").OrTimeout();

        Assert.DoesNotContain("secret", body, StringComparison.OrdinalIgnoreCase);
        var tools = JsonSerializer.Deserialize<JsonElement>(body).GetProperty("tools");
        Assert.Equal(
            """{"name":"book","description":"Books.","parameters":{"type":"object","required":["day"],"properties":{"day":{"type":"string"}}},"method":"POST","url":"https://clinic.example/book","headers":["authorization"],"timeout_ms":2000,"filler":"One moment."}""",
            JsonSerializer.Serialize(tools[0]));
        Assert.Equal("object", tools[1].GetProperty("parameters").GetProperty("type").GetString());
        var agent = await Catalog.FindAsync("org_tools", "booker", CancellationToken.None).OrTimeout();
        Assert.Equal("Bearer secret", agent!.Tools[0].Headers!["authorization"]);
        Assert.Equal(("GET", 10_000), (agent.Tools[1].Method, agent.Tools[1].TimeoutMs));
    }
}
