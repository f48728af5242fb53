using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Voice.Gateway.Accounts;

namespace Gateway.Tests.People;

public sealed class RoleChangeTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    [Fact]
    public async Task Another_gateway_feels_a_change_of_role_without_time_passing()
    {
        await gateway.NewUserOfOwnAsync("felt-owner@example.com", "org_felt", "owner");
        var id = await gateway.NewUserOfOwnAsync("felt-member@example.com", "org_felt", "admin");
        await using var other = GatewayHost.CreateFactory(gateway.Database, gateway.Services.Addresses, gateway.Time).With("ConnectionStrings:cache", gateway.Cache);
        other.StartServer();
        using var there = new HttpClient { BaseAddress = other.ClientOptions.BaseAddress };
        there.DefaultRequestHeaders.Add("Cookie", await gateway.CookieAsync("felt-member@example.com"));
        Assert.Equal(HttpStatusCode.OK, await there.StatusAsync("/api/v1/api-keys"));

        using var owner = await gateway.SignedInAsync("felt-owner@example.com");
        Assert.Equal(HttpStatusCode.NoContent, (await owner.PatchAsync($"/api/v1/members/{id}", JsonContent.Create(new { role = "member" }))).StatusCode);
        // The clock stands: nothing that is remembered is forgotten by itself.
        await Deadline.Until(async () => await there.StatusAsync("/api/v1/api-keys") == HttpStatusCode.Forbidden);
        Assert.Equal("member", (await other.Services.GetRequiredService<UserDirectory>().FindStandingAsync(id, "org_felt", CancellationToken.None))!.Role);
    }
}
