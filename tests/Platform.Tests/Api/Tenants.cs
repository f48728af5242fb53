using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Platform.Tests.Api;

/// <summary>People and keys of organizations that only a test has. Their passwords are the administrator's: the hash is copied.</summary>
public sealed class Tenants(PlatformFixture platform) : IAsyncDisposable
{
    private readonly NpgsqlDataSource _database = NpgsqlDataSource.Create(platform.ConnectionString("voicedb"));

    public static string NewOrganizationId() => $"org_{Guid.NewGuid():n}";

    public async Task<int> ExecuteAsync(string sql, params object[] values)
    {
        await using var command = _database.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return await command.ExecuteNonQueryAsync();
    }

    public Task AddOrganizationAsync(string id) =>
        ExecuteAsync("insert into identity.organizations (id, name, created_at) values ($1, 'Tested', now())", id);

    /// <param name="scopes">None for those that keys had before there were scopes: what a member may.</param>
    public async Task<string> AddKeyAsync(string organizationId, params IReadOnlyCollection<string> scopes)
    {
        var key = $"va_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20))}";
        await ExecuteAsync(
            "insert into identity.api_keys (id, organization_id, name, key_sha256, created_at, scopes) values ($1, $2, 'test', $3, now(), nullif($4, ''))",
            $"key_{Guid.NewGuid():n}", organizationId, SHA256.HashData(Encoding.UTF8.GetBytes(key)), string.Join(' ', scopes));
        return key;
    }

    public async Task<(string Id, string Email)> AddUserAsync(string organizationId, string role)
    {
        var (id, email) = ($"user_{Guid.NewGuid():n}", $"{role}-{Guid.NewGuid():n}@example.com");
        await ExecuteAsync(
            """
            insert into identity.users (id, last_organization_id, email, password_hash, security_stamp, created_at)
            select $1, $2, $3, password_hash, $1, now() from identity.users where email = 'admin@localhost'
            """,
            id, organizationId, email);
        await ExecuteAsync("insert into identity.memberships (organization_id, user_id, role, created_at) values ($1, $2, $3, now())", organizationId, id, role);
        return (id, email);
    }

    /// <summary>A client that is signed in as a browser is, and sends what browsers send with requests of the page's own.</summary>
    public async Task<HttpClient> SignInAsync(string email, IPAddress? from = null)
    {
        var client = CreateClient(platform.Url, from);
        using var response = await client.PostAsJsonAsync("/api/v1/auth/sign-in", new { email, password = platform.AdminPassword }).OrTimeout();
        Assert.True(response.IsSuccessStatusCode, $"sign-in: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        client.DefaultRequestHeaders.Add("Cookie", string.Join("; ", response.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0])));
        client.DefaultRequestHeaders.Add("Origin", platform.Url.GetLeftPart(UriPartial.Authority));
        return client;
    }

    /// <param name="from">A loopback address of the test's own: limits of an address are then not those that other tests live with.</param>
    public static HttpClient CreateClient(Uri url, IPAddress? from = null) => new(new SocketsHttpHandler
    {
        UseCookies = false,
        AllowAutoRedirect = false,
        ConnectCallback = async (context, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                socket.Bind(new IPEndPoint(from ?? IPAddress.Loopback, 0));
                await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, context.DnsEndPoint.Port), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    })
    {
        BaseAddress = url,
    };

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
