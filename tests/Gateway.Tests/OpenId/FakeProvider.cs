using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace Gateway.Tests.OpenId;

/// <summary>
/// An OpenID provider on the wire that does what a test says, also what none does. It checks its clients as strictly as a good one: client
/// secret, exact redirect, PKCE, each code once. Nobody has to sign in there: <see cref="Person"/> is.
/// </summary>
public sealed class FakeProvider : IAsyncDisposable
{
    public const string ClientId = "voice";
    public const string ClientSecret = "a secret of the provider: + and /";

    private readonly WebApplication _app;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, (IQueryCollection Request, FakePerson Person)> _codes = [];
    private readonly ConcurrentDictionary<string, FakePerson> _accessTokens = [];

    private FakeProvider(WebApplication app, TimeProvider time) => (_app, _time) = (app, time);

    public Uri Url => new(_app.Urls.Single());

    public string Issuer => Url.AbsoluteUri.TrimEnd('/');

    public FakePerson Person { get; set; } = FakePerson.New();

    /// <summary>Everything is answered with 503.</summary>
    public bool IsDown { get; set; }

    /// <summary>Where it says that its answers are now.</summary>
    public Uri? LeadsAway { get; set; }

    /// <summary>Claims of addresses are at the userinfo endpoint, as with most providers, and not in the id_token.</summary>
    public bool EmailByUserInfo { get; set; }

    /// <summary>Changes what is sent back to the browser.</summary>
    public Action<Dictionary<string, string?>>? OnRedirect { get; set; }

    internal Func<FakeIdToken, string>? OnIdToken { get; set; }

    /// <summary>Changes what it says of itself.</summary>
    public Action<JsonObject>? OnMetadata { get; set; }

    public int KeysAsked { get; private set; }

    public ConcurrentQueue<int> TokenAnswers { get; } = [];

    public RSA Key { get; private set; } = RSA.Create(2048);

    public string KeyId { get; private set; } = "first";

    public static async Task<FakeProvider> StartAsync(TimeProvider time)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server => server.Listen(System.Net.IPAddress.Loopback, 0));
        var app = builder.Build();
        var provider = new FakeProvider(app, time);
        app.Use(async (HttpContext context, RequestDelegate next) =>
        {
            if (provider.LeadsAway is { } elsewhere && context.Request.Path != "/authorize" && context.Request.Query.Count == 0)
            {
                context.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
                context.Response.Headers.Location = $"{elsewhere}{context.Request.Path}?moved";
                return;
            }

            if (provider.IsDown)
            {
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return;
            }

            await next(context);
        });
        app.MapGet("/.well-known/openid-configuration", provider.Metadata);
        app.MapGet("/keys", provider.Keys);
        app.MapGet("/authorize", provider.Authorize);
        app.MapPost("/token", (Delegate)provider.TokenAsync);
        app.MapGet("/userinfo", provider.UserInfo);
        await app.StartAsync();
        return provider;
    }

    /// <summary>As after a rotation: the old key is gone.</summary>
    public void Rotate(string keyId) => (Key, KeyId) = (RSA.Create(2048), keyId);

    public static string PkceChallenge(string verifier) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private IResult Metadata()
    {
        var metadata = new JsonObject
        {
            ["issuer"] = Issuer,
            ["authorization_endpoint"] = $"{Issuer}/authorize",
            ["token_endpoint"] = $"{Issuer}/token",
            ["userinfo_endpoint"] = $"{Issuer}/userinfo",
            ["jwks_uri"] = $"{Issuer}/keys",
            ["response_types_supported"] = new JsonArray("code"),
            ["subject_types_supported"] = new JsonArray("public"),
            ["id_token_signing_alg_values_supported"] = new JsonArray("RS256"),
            ["code_challenge_methods_supported"] = new JsonArray("S256"),
            ["authorization_response_iss_parameter_supported"] = true,
        };
        OnMetadata?.Invoke(metadata);
        return TypedResults.Content(metadata.ToJsonString(), "application/json");
    }

    private IResult Keys()
    {
        KeysAsked++;
        var key = Key.ExportParameters(includePrivateParameters: false);
        var keys = new JsonObject
        {
            ["keys"] = new JsonArray(new JsonObject
            {
                ["kty"] = "RSA", ["use"] = "sig", ["kid"] = KeyId, ["n"] = Base64Url.EncodeToString(key.Modulus), ["e"] = Base64Url.EncodeToString(key.Exponent),
            }),
        };
        return TypedResults.Content(keys.ToJsonString(), "application/json");
    }

    private IResult Authorize(HttpContext context)
    {
        var query = context.Request.Query;
        if (query["client_id"] != ClientId || query["response_type"] != "code" || query["code_challenge_method"] != "S256" || query["code_challenge"].ToString().Length != 43)
        {
            return TypedResults.BadRequest();
        }

        var code = Guid.NewGuid().ToString("n");
        _codes[code] = (query, Person);
        var answer = new Dictionary<string, string?> { ["code"] = code, ["state"] = query["state"], ["iss"] = Issuer };
        OnRedirect?.Invoke(answer);
        return TypedResults.Redirect(QueryHelpers.AddQueryString(query["redirect_uri"].ToString(), answer));
    }

    private async Task<IResult> TokenAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        var pair = $"{System.Net.WebUtility.UrlEncode(ClientId)}:{System.Net.WebUtility.UrlEncode(ClientSecret)}";
        var good = context.Request.Headers.Authorization == $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(pair))}"
            & _codes.TryRemove(form["code"].ToString(), out var asked)
            && form["grant_type"] == "authorization_code" && form["redirect_uri"] == asked.Request["redirect_uri"]
            && PkceChallenge(form["code_verifier"].ToString()) == asked.Request["code_challenge"];
        TokenAnswers.Enqueue(good ? 200 : 400);
        if (!good)
        {
            return TypedResults.BadRequest(new { error = "invalid_grant" });
        }

        var accessToken = Guid.NewGuid().ToString("n");
        _accessTokens[accessToken] = asked.Person;
        var token = IdTokenFor(asked.Person, asked.Request["nonce"].ToString());
        return TypedResults.Content(
            new JsonObject { ["access_token"] = accessToken, ["token_type"] = "Bearer", ["expires_in"] = 60, ["id_token"] = OnIdToken?.Invoke(token) ?? token.ToString() }.ToJsonString(),
            "application/json");
    }

    private FakeIdToken IdTokenFor(FakePerson person, string nonce)
    {
        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject { ["iss"] = Issuer, ["aud"] = ClientId, ["sub"] = person.Subject, ["nonce"] = nonce, ["iat"] = now, ["exp"] = now + 300 };
        if (!EmailByUserInfo && person.Email is not null)
        {
            (claims["email"], claims["email_verified"]) = (person.Email, person.EmailVerified);
        }

        return new FakeIdToken { Header = new JsonObject { ["alg"] = "RS256", ["kid"] = KeyId }, Claims = claims, Sign = FakeIdToken.Rsa(Key) };
    }

    private IResult UserInfo(HttpContext context)
    {
        var token = context.Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal);
        return _accessTokens.TryGetValue(token, out var person)
            ? TypedResults.Content(
                new JsonObject { ["sub"] = person.UserInfoSubject ?? person.Subject, ["email"] = person.Email, ["email_verified"] = person.EmailVerified }.ToJsonString(), "application/json")
            : TypedResults.Unauthorized();
    }
}
