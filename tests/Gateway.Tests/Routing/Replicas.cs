using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Configuration;

namespace Gateway.Tests.Routing;

/// <summary>A gateway before two replicas of voice-api, of which a test scripts the second.</summary>
internal sealed class Replicas : IAsyncDisposable
{
    private TestDatabase? _database;
    private ServiceFactory<Program>? _factory;

    private Replicas()
    {
    }

    public FakeServices Good { get; private set; } = null!;

    public FakeServices Other { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

    public Uri Url => _factory!.ClientOptions.BaseAddress;

    /// <param name="second">Its address, where it is not <see cref="Other"/>; empty for none.</param>
    public static async Task<Replicas> StartAsync(string? second = null, TimeSpan? idle = null, params (string Key, string Value)[] settings)
    {
        var replicas = new Replicas { _database = await TestDatabase.CreateAsync(), Good = await FakeServices.StartAsync(), Other = await FakeServices.StartAsync() };
        var factory = replicas._factory = GatewayHost.CreateFactory(replicas._database, replicas.Good.Addresses, TimeProvider.System).With("Limits:Enabled", "false");
        if (second != "")
        {
            factory.With("services:voice-api:http:1", second ?? replicas.Other.Addresses["voice-api"]);
        }

        if (idle is { } timeout)
        {
            factory.With(services => services.AddSingleton<IProxyConfigFilter>(new ShortTimeouts(timeout)));
        }

        foreach (var (key, value) in settings)
        {
            factory.With(key, value);
        }

        await factory.WithCacheAsync();
        factory.StartServer();
        replicas.Client = new HttpClient { BaseAddress = replicas.Url };
        replicas.Client.DefaultRequestHeaders.Add("Authorization", $"Bearer {GatewayHost.ApiKey}");
        return replicas;
    }

    /// <summary>A path that no other test asks for.</summary>
    public static string NewPath() => string.Create(CultureInfo.InvariantCulture, $"/api/v1/agents/{Guid.NewGuid():n}");

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _factory!.DisposeAsync();
        await Good.DisposeAsync();
        await Other.DisposeAsync();
        await _database!.DisposeAsync();
    }

    private sealed class ShortTimeouts(TimeSpan idle) : IProxyConfigFilter
    {
        public ValueTask<ClusterConfig> ConfigureClusterAsync(ClusterConfig cluster, CancellationToken cancel) =>
            new(cluster with { HttpRequest = cluster.HttpRequest! with { ActivityTimeout = idle } });

        public ValueTask<RouteConfig> ConfigureRouteAsync(RouteConfig route, ClusterConfig? cluster, CancellationToken cancel) => new(route);
    }
}
