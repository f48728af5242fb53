using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Voice.ServiceDefaults.Messaging;
using Voice.ServiceDefaults.Messaging.Contracts;

namespace Gateway.Tests;

/// <summary>Gateways that share database, services and limits, with limits of a test's own.</summary>
internal sealed class LimitsHost(TestDatabase database, FakeServices services) : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly List<ServiceFactory<Program>> _gateways = [];
    private readonly string _installation = $"test-{Guid.NewGuid():n}";

    public TestDatabase Database => database;

    public FakeServices Services => services;

    public IReadOnlyList<ServiceFactory<Program>> Gateways => _gateways;

    /// <param name="cache">Null for the Redis that all tests share.</param>
    public static async Task<LimitsHost> StartAsync(Dictionary<string, string> settings, int gateways = 1, string? cache = null)
    {
        var host = new LimitsHost(await TestDatabase.CreateAsync(), await FakeServices.StartAsync());
        for (var i = 0; i < gateways; i++)
        {
            await host.AddAsync(settings, cache);
        }

        return host;
    }

    public async Task<ServiceFactory<Program>> AddAsync(Dictionary<string, string> settings, string? cache = null)
    {
        var gateway = GatewayHost.CreateFactory(database, services.Addresses, TimeProvider.System).With("Limits:Installation", _installation);
        foreach (var (key, value) in settings)
        {
            gateway.With($"Limits:{key}", value);
        }

        if (cache is null)
        {
            await gateway.WithCacheAsync();
        }
        else
        {
            gateway.With("ConnectionStrings:cache", cache);
        }

        gateway.StartServer();
        _gateways.Add(gateway);
        return gateway;
    }

    public T Get<T>(int gateway = 0)
        where T : notnull => _gateways[gateway].Services.GetRequiredService<T>();

    public HttpClient Client(int gateway = 0, string? key = GatewayHost.ApiKey)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = _gateways[gateway].ClientOptions.BaseAddress };
        client.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    /// <summary>The owner, as our own pages send their requests.</summary>
    public async Task<HttpClient> SignedInAsync()
    {
        var client = Client(key: null);
        client.DefaultRequestHeaders.Add("Origin", client.BaseAddress!.GetLeftPart(UriPartial.Authority));
        using var response = await client.PostAsJsonAsync("/api/v1/auth/sign-in", new { email = "admin@localhost", password = GatewayHost.AdminPassword });
        response.EnsureSuccessStatusCode();
        client.DefaultRequestHeaders.Add("Cookie", response.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        return client;
    }

    /// <summary>As a service publishes it, through the bus.</summary>
    public async Task PublishAsync(params UsageRecorded[] usages) => await Get<IMessageTransport>().PublishAsync(
        [.. usages.Select(usage => new MessageEnvelope($"msg_{Guid.NewGuid():n}", usage.SessionId, nameof(UsageRecorded), JsonSerializer.Serialize(usage, Snake), null, usage.OccurredAt))],
        CancellationToken.None);

    /// <summary>What the named bucket has left, as the headers of a request say that found it the tightest.</summary>
    public static long Remaining(HttpResponseMessage response, string bucket)
    {
        var header = response.Headers.GetValues("RateLimit").Single();
        Assert.StartsWith($"\"{bucket}\";r=", header);
        return long.Parse(header.Split(";r=")[1].Split(';')[0], null);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var gateway in _gateways)
        {
            await gateway.DisposeAsync();
        }

        await services.DisposeAsync();
        await database.DisposeAsync();
    }
}
