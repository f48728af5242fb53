using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Voice.ServiceDefaults.Identity;

namespace ServiceDefaults.Tests.Identity;

public sealed class ScopeTests
{
    [Fact]
    public void A_set_reads_what_it_writes_and_leaves_out_what_is_no_scope()
    {
        var set = ScopeSet.Of(Scopes.SpeechUse, Scopes.AgentsRead);
        Assert.Equal("agents:read speech:use", set.ToString());
        Assert.Equal(set, ScopeSet.Parse("speech:use  everything AGENTS:READ agents:read"));
        Assert.Equal(ScopeSet.None, ScopeSet.Parse(null));
        Assert.Equal(ScopeSet.Everything, ScopeSet.Parse(string.Join(' ', Scopes.All)));
        Assert.Throws<ArgumentException>(() => ScopeSet.Of("everything"));
    }

    [Fact]
    public void Each_role_may_what_the_lesser_ones_may_and_none_may_look_at_the_platform()
    {
        foreach (var (greater, lesser) in Roles.All.Zip(Roles.All.Skip(1)))
        {
            Assert.True(Roles.ScopesOf(greater).Includes(Roles.ScopesOf(lesser)), $"{greater} does not include {lesser}");
            Assert.NotEqual(Roles.ScopesOf(greater), Roles.ScopesOf(lesser));
        }

        Assert.False(Roles.ScopesOf(Roles.Owner).Contains(Scopes.PlatformRead));
        Assert.True(Roles.ScopesOf("root").IsEmpty);
        Assert.True(Roles.ScopesOf(null).IsEmpty);
    }

    [Fact]
    public async Task An_endpoint_opens_for_its_scope_and_names_it_to_who_lacks_it()
    {
        await using var service = await StartAsync();
        Assert.Equal("agents", await service.CreateClient().As(scopes: "agents:read").GetStringAsyncOf("/agents", HttpStatusCode.OK));

        using var response = await service.CreateClient().As(scopes: "agents:write sessions:read").GetAsync("/agents");
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("Bearer error=\"insufficient_scope\", scope=\"agents:read\"", response.Headers.WwwAuthenticate.ToString());
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal("insufficient_scope", problem["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_endpoint_that_states_nothing_is_closed_to_everybody()
    {
        await using var service = await StartAsync();
        await service.CreateClient().As().GetStringAsyncOf("/forgotten", HttpStatusCode.Forbidden);
        await service.CreateClient().GetStringAsyncOf("/forgotten", HttpStatusCode.Unauthorized);
        await service.CreateClient().As(scopes: "").GetStringAsyncOf("/known", HttpStatusCode.OK);
        await service.CreateClient().As().GetStringAsyncOf("/not-there", HttpStatusCode.NotFound);
    }

    [Fact]
    public void A_scope_that_does_not_exist_is_a_mistake_of_the_programmer() =>
        Assert.Throws<ArgumentException>(() => ScopePolicies.NameOf("agents:delete"));

    private static Task<TestService> StartAsync() => TestService.StartAsync(app =>
    {
        app.MapGet("/agents", () => "agents").RequireScope(Scopes.AgentsRead);
        app.MapGet("/known", () => "known").RequireKnown();
        app.MapGet("/forgotten", () => "forgotten");
    });
}
