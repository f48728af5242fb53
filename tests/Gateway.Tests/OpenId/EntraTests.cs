using System.Security.Claims;
using Microsoft.Extensions.Options;
using Voice.Gateway.OpenId;
using Voice.Gateway.OpenId.Entra;
using Voice.Gateway.Routing;

namespace Gateway.Tests.OpenId;

/// <summary>What can be proven of Entra ID without its library: which claims are believed, what is kept on the way, what wrong settings do.</summary>
public sealed class EntraTests
{
    private const string Issuer = "https://login.microsoftonline.com/5b2f6a3e-0000-0000-0000-000000000000/v2.0";

    [Theory]
    [InlineData(null, false, null)]
    [InlineData("0", false, null)]
    [InlineData("1", false, "ada@example.com")]
    [InlineData("true", false, "ada@example.com")]
    [InlineData(null, true, "ada@example.com")]
    public void An_address_counts_only_where_the_directory_is_proven_to_own_its_domain_or_is_trusted(string? owned, bool trusted, string? expected)
    {
        List<Claim> claims = [new("email", "Ada@Example.com"), new("preferred_username", "boss@victim.example")];
        if (owned is not null)
        {
            claims.Add(new("xms_edov", owned));
        }

        Assert.Equal(new OpenIdIdentity("entra", Issuer, "pairwise", expected), Provider(new() { TrustsEmail = trusted }).IdentityOf(Issuer, "pairwise", claims));
    }

    [Fact]
    public void What_looks_like_an_address_elsewhere_is_not_taken_for_one() =>
        Assert.Null(Provider(new() { TrustsEmail = true }).IdentityOf(Issuer, "x", [new("preferred_username", "a@b.example"), new("upn", "a@b.example")]).Email);

    [Fact]
    public void The_way_back_knows_who_wanted_what()
    {
        var link = new OpenIdAttempt("entra", "state", "", "", "", "/account", "user_1", "ses_1", 0);
        var back = EntraProvider.AttemptOf(EntraProvider.Begin("/account", link));
        Assert.Equal(("/account", "user_1", "ses_1"), (back.ReturnUrl, back.UserId, back.SessionId));
        var signIn = EntraProvider.AttemptOf(EntraProvider.Begin("/sessions", null));
        Assert.Equal(("/sessions", null, null), (signIn.ReturnUrl, signIn.UserId, signIn.SessionId));
        Assert.Equal("/talk", EntraProvider.AttemptOf(null).ReturnUrl);
    }

    [Theory]
    [InlineData("organizations", "secret", true, false)]
    [InlineData("5b2f6a3e-0000-0000-0000-000000000000", "secret", true, true)]
    [InlineData("organizations", "secret", false, true)]
    [InlineData("organizations", null, false, false)]
    [InlineData(null, "secret", false, false)]
    public void Settings_that_would_believe_anybody_or_cannot_work_are_refused(string? tenant, string? secret, bool trusted, bool good) => Assert.Equal(
        good,
        new EntraOptionsValidator().Validate(null, new() { ClientId = "client", TenantId = tenant, ClientSecret = secret, TrustsEmail = trusted }).Succeeded);

    [Fact]
    public async Task A_build_without_the_library_says_so_when_it_is_configured()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var factory = GatewayHost.CreateFactory(database, RouteTable.Services.ToDictionary(s => s, _ => "http://127.0.0.1:1"), TimeProvider.System)
            .With("OpenId:Entra:ClientId", "client").With("OpenId:Entra:TenantId", "organizations").With("OpenId:Entra:ClientSecret", "secret");
        var failure = Assert.ThrowsAny<Exception>(factory.StartServer);
        Assert.Contains("Microsoft.Identity.Web", failure.ToString(), StringComparison.Ordinal);
    }

    private static EntraProvider Provider(EntraOptions options) => new(Options.Create(options));
}
