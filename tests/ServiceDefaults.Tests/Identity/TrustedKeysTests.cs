using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.Identity.Jwt;
using Voice.ServiceDefaults.Identity.Keys;

namespace ServiceDefaults.Tests.Identity;

/// <summary>Services that learn the keys of others on the real wire, in whatever order they start.</summary>
public sealed class TrustedKeysTests : IAsyncLifetime
{
    private static readonly Caller Somebody = new("org_1", "user_1", "user", "somebody") { Scopes = ScopeSet.Everything };

    private readonly ManualTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private WebApplication? _issuer;
    private MemorySigningKeys _keys = new();
    private int _asked;
    private bool _away;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _issuer = builder.Build();
        _issuer.MapGet("/.well-known/service-keys.json", (HttpContext context) =>
        {
            Interlocked.Increment(ref _asked);
            context.Response.StatusCode = _away ? 503 : 200;
            return context.Response.WriteAsync(_away ? "" : _keys.Published.ToJson());
        });
        await _issuer.StartAsync();
    }

    public Task DisposeAsync() => _issuer!.DisposeAsync().AsTask();

    [Fact]
    public async Task A_key_is_asked_for_once_when_a_token_names_it()
    {
        await using var service = await StartAsync();
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(service, Token()));
        }

        Assert.Equal(1, _asked);
    }

    [Fact]
    public async Task An_issuer_that_is_away_is_a_503_and_not_somebody_elses_fault_and_its_keys_go_on_where_they_are_known()
    {
        _away = true;
        await using var service = await StartAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(service, Token()));
        _away = false;
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(service, Token()));

        _away = true;
        _time.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(service, Token()));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(service, Token()));
    }

    [Fact]
    public async Task A_key_that_is_published_no_more_signs_no_more()
    {
        await using var service = await StartAsync();
        var old = Token();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(service, old));
        _keys = new MemorySigningKeys();
        _time.Advance(TimeSpan.FromSeconds(3));

        // A token of the new key makes the service look again, and from then on the old one is nobody's, also where it was checked before.
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(service, Token()));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(service, old));
    }

    [Fact]
    public async Task Made_up_key_ids_do_not_make_a_service_ask_all_the_time()
    {
        await using var service = await StartAsync();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(service, Token()));
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(service, new IdentityTokens(new MemorySigningKeys(), "gateway", _time).Issue(Somebody, "test-service")));
        }

        Assert.Equal(1, _asked);
    }

    [Fact]
    public async Task Who_is_trusted_for_something_is_trusted_for_that_alone()
    {
        await using var service = await StartAsync(new TrustedIssuer("gateway", ScopeSet.Of(Scopes.SpeechUse)));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(service, Token(), "/speech"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(service, Token(), "/agents"));
    }

    [Theory]
    [InlineData("""{"keys":[{"kty":"oct","k":"c2VjcmV0","alg":"HS256","kid":"a"}]}""")]
    [InlineData("""{"keys":[{"kty":"EC","crv":"P-384","x":"AA","y":"AA","kid":"a"}]}""")]
    [InlineData("""{"keys":[{"kty":"EC","crv":"P-256","x":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE","y":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE","kid":"a"}]}""")]
    [InlineData("""{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB","kid":"a"}]}""")]
    [InlineData("""{"keys":[null,{}]}""")]
    public void What_is_no_key_of_ours_verifies_nothing(string json) =>
        Assert.Empty(JsonWebKeySet.TryParse(System.Text.Encoding.UTF8.GetBytes(json))!);

    private string Token() => new IdentityTokens(_keys, "gateway", _time).Issue(Somebody, "test-service");

    private Task<TestService> StartAsync(TrustedIssuer? trusted = null)
    {
        var builder = TestService.CreateBuilder([trusted ?? TrustedIssuer.Gateway], ("Auth:TrustedKeys:gateway", null), ("services:gateway:http:0", _issuer!.Urls.Single()));
        builder.Services.AddSingleton<TimeProvider>(_time);
        return TestService.StartAsync(builder, app =>
        {
            app.MapGet("/who", () => "somebody").RequireKnown();
            app.MapGet("/speech", () => "speech").RequireScope(Scopes.SpeechUse);
            app.MapGet("/agents", () => "agents").RequireScope(Scopes.AgentsRead);
        });
    }

    private static async Task<HttpStatusCode> StatusAsync(TestService service, string token, string path = "/who")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new("Bearer", token);
        using var response = await service.CreateClient().SendAsync(request).OrTimeout();
        return response.StatusCode;
    }
}
