using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Gateway.Tests;

/// <summary>The gateway on a real port, with its database and the services behind it. Time stands still unless a test moves it.</summary>
public sealed class GatewayHost : IAsyncLifetime
{
    public const string AdminPassword = "correct horse battery staple";
    public const string ApiKey = "va_0123456789abcdef0123456789abcdef01234567";

    private ServiceFactory<Program>? _factory;
    private string? _cache;
    private TestDatabase? _database;
    private FakeServices? _services;

    /// <summary>The Redis of this host, for another gateway beside it.</summary>
    public string Cache => _cache!;

    public TestDatabase Database => _database!;

    public FakeServices Services => _services!;

    public IServiceProvider Provider => _factory!.Services;

    public ManualTimeProvider Time { get; } = new(TimeProvider.System.GetUtcNow());

    public Uri Url { get; internal set; } = null!;

    /// <summary>What a test wants otherwise; before <see cref="RestartAsync"/>.</summary>
    public Dictionary<string, string> Settings { get; } = [];

    /// <summary>Where the gateway listens, where it is not at one address for HTTP/1.1.</summary>
    public Action<KestrelServerOptions>? Server { get; set; }

    public static ServiceFactory<Program> CreateFactory(TestDatabase database, IReadOnlyDictionary<string, string> addresses, TimeProvider time, Action<KestrelServerOptions>? server = null)
    {
        var factory = new ServiceFactory<Program>().WithDatabase(database)
            // Tests of one process share a Redis, and all come from one address.
            .With("Limits:Installation", $"test-{Guid.NewGuid():n}")
            .With("Seed:AdminPassword", AdminPassword)
            .With("Seed:ApiKey", ApiKey)
            // Nobody answers there: what needs Redis says so itself.
            .With("ConnectionStrings:cache", "127.0.0.1:1,connectTimeout=200,syncTimeout=200")
            .With(services => services.AddSingleton(time));
        foreach (var (name, address) in addresses)
        {
            factory.With($"services:{name}:http:0", address);
        }

        // The in-memory server has neither body limits nor upgrades: a gateway is about both.
        if (server is null)
        {
            factory.UseKestrel(0);
        }
        else
        {
            factory.UseKestrel(server);
        }

        return factory;
    }

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _services = await FakeServices.StartAsync();
        await RestartAsync();
    }

    public async Task RestartAsync()
    {
        if (_factory is not null)
        {
            await _factory.DisposeAsync();
        }

        _factory = CreateFactory(Database, Services.Addresses, Time, Server);
        _factory.With("ConnectionStrings:cache", _cache ??= await BackingServers.NewRedisDatabaseAsync());
        // All tests come from one address, and have better things to do than to hash; what is about limits and costs says so.
        _factory.With("SignIn:TriesPerAddress", "10000").With("SignIn:RequestsPerAddress", "10000")
            .With(services => services.Configure<PasswordHasherOptions>(options => options.IterationCount = 1000));
        foreach (var (key, value) in Settings)
        {
            _factory.With(key, value);
        }

        _factory.StartServer();
        Url = _factory.ClientOptions.BaseAddress;
    }

    /// <summary>A client of its own: no credential, no cookies kept, redirects shown.</summary>
    public HttpClient Anonymous() => new(new SocketsHttpHandler
    {
        UseCookies = false,
        AllowAutoRedirect = false,
        // Who asks before sending a body waits for the answer, however long a gateway's first request takes.
        Expect100ContinueTimeout = TimeSpan.FromSeconds(30),
    })
    { BaseAddress = Url };

    public HttpClient WithKey(string key = ApiKey)
    {
        var client = Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    public async Task<HttpClient> SignedInAsync()
    {
        var client = Anonymous();
        client.DefaultRequestHeaders.Add("Cookie", await CookieAsync(client));
        return client;
    }

    public async Task<string> CookieAsync(HttpClient client)
    {
        using var response = await client.PostAsJsonAsync("/api/v1/auth/sign-in", new { email = "admin@localhost", password = AdminPassword });
        response.EnsureSuccessStatusCode();
        return response.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    /// <summary>The cookie of one who signs in with <see cref="AdminPassword"/>, from a browser that calls itself so.</summary>
    public async Task<string> CookieAsync(string email, string device = "tests")
    {
        using var client = Anonymous();
        client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", device);
        using var response = await client.PostAsJsonAsync("/api/v1/auth/sign-in", new { email, password = AdminPassword });
        response.EnsureSuccessStatusCode();
        return response.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    /// <summary>As our own pages send it.</summary>
    public HttpClient WithCookie(string cookie)
    {
        var client = Anonymous();
        client.DefaultRequestHeaders.Add("Cookie", cookie);
        client.DefaultRequestHeaders.Add("Origin", Url.GetLeftPart(UriPartial.Authority));
        return client;
    }

    /// <summary>A user with the administrator's password, in an organization.</summary>
    public async Task<string> NewUserOfOwnAsync(string email, string organizationId = "org_default", string role = "member")
    {
        var id = $"user_{Guid.NewGuid():n}";
        await using var insert = Database.DataSource.CreateCommand(
            """
            with made as (
                insert into identity.users (id, email, password_hash, security_stamp, created_at)
                select $1, $3, password_hash, $1, now() from identity.users where email = 'admin@localhost' returning id),
            organization as (insert into identity.organizations (id, name, created_at) values ($2, $2, now()) on conflict (id) do update set name = excluded.name returning id)
            insert into identity.memberships (organization_id, user_id, role, created_at) select organization.id, made.id, $4, now() from made, organization
            """);
        foreach (var value in new[] { id, organizationId, email, role })
        {
            insert.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await insert.ExecuteNonQueryAsync();
        return id;
    }

    public async Task<string> AddKeyAsync(DateTimeOffset? expiresAt = null, DateTimeOffset? revokedAt = null)
    {
        var key = $"va_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20))}";
        await using var insert = Database.DataSource.CreateCommand(
            """
            insert into identity.api_keys (id, organization_id, name, key_sha256, created_at, expires_at, revoked_at)
            values ($1, 'org_default', 'test', $2, now(), $3, $4)
            """);
        insert.Parameters.Add(new NpgsqlParameter { Value = $"key_{Guid.NewGuid():n}" });
        insert.Parameters.Add(new NpgsqlParameter { Value = SHA256.HashData(Encoding.UTF8.GetBytes(key)) });
        insert.Parameters.Add(new NpgsqlParameter { Value = expiresAt?.UtcDateTime ?? (object)DBNull.Value });
        insert.Parameters.Add(new NpgsqlParameter { Value = revokedAt?.UtcDateTime ?? (object)DBNull.Value });
        await insert.ExecuteNonQueryAsync();
        return key;
    }

    public async Task DisposeAsync()
    {
        await _factory!.DisposeAsync();
        await Services.DisposeAsync();
        await Database.DisposeAsync();
    }
}
