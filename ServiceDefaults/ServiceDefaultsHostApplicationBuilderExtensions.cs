using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Voice.ServiceDefaults.ClientSecrets;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.Health;
using Voice.ServiceDefaults.Http;
using Voice.ServiceDefaults.Http.Deprecation;
using Voice.ServiceDefaults.Http.Idempotency;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.Identity.Keys;
using Voice.ServiceDefaults.Live;
using Voice.ServiceDefaults.Migrations;
using Voice.ServiceDefaults.OpenApi;
using Voice.ServiceDefaults.Storage;
using Voice.ServiceDefaults.Telemetry;
using Voice.ServiceDefaults.Threads;

namespace Voice.ServiceDefaults;

/// <summary>What every service of the platform starts with, and the backing clients it asks for.</summary>
public static class ServiceDefaultsHostApplicationBuilderExtensions
{
    /// <summary>A second of audio as JSON.</summary>
    private const int MaxUnread = 64 * 1024;

    /// <summary>Telemetry, health, errors, outgoing HTTP, and identity that fails closed.</summary>
    /// <param name="trusted">Whose identity tokens the service believes: the gateway's unless given. The gateway itself believes nobody's.</param>
    public static IHostApplicationBuilder AddServiceDefaults(this IHostApplicationBuilder builder, IReadOnlyList<TrustedIssuer>? trusted = null)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.Configure<KestrelServerOptions>(options => options.AddServerHeader = false);
        // Of what a client sends and nobody reads yet; the rest waits with the client. By default it is 1 MiB per connection, and a moment in
        // which a server of many sessions is late would cost it that for each of them, for good: the blocks stay in Kestrel's pool.
        builder.Services.Configure<SocketTransportOptions>(options => options.MaxReadBufferSize = MaxUnread);
        // Who runs services (the offline runner, a container platform) kills ten seconds after asking.
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(8));
        builder.Services.AddHostedService<ThreadReserve>();
        builder.AddServiceTelemetry();
        builder.AddServiceHealth();
        builder.AddServiceErrors();
        builder.AddServiceHttpClients();
        builder.AddServiceIdentity(trusted ?? [TrustedIssuer.Gateway]);
        builder.Services.TryAddSingleton<PageCursors>();
        return builder;
    }

    /// <summary>
    /// <see cref="NpgsqlDataSource"/> for <c>voicedb</c>, and the numbered <c>Migrations/NNN_name.sql</c> embedded in the calling assembly,
    /// applied to <paramref name="schema"/> before the service listens.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static IHostApplicationBuilder AddDatabase(this IHostApplicationBuilder builder, string schema, Assembly? migrations = null)
    {
        builder.AddDatabaseClient();
        builder.Services.AddMigrations(schema, migrations ?? Assembly.GetCallingAssembly());
        return builder;
    }

    /// <summary>Redis, as <c>IConnectionMultiplexer</c>, and the <see cref="LiveChannel"/> over it.</summary>
    /// <param name="essential">False for a service that does most of its work without Redis: it is healthy then, too.</param>
    public static IHostApplicationBuilder AddCache(this IHostApplicationBuilder builder, bool essential = true)
    {
        builder.AddRedisClientBuilder(
            "cache", settings => settings.DisableHealthChecks |= !essential, options => options.AbortOnConnectFail = false).WithAzureAuthentication();
        builder.Services.TryAddSingleton<LiveChannel>();
        builder.Services.TryAddSingleton<ClientSecretStore>();
        return builder;
    }

    /// <summary>This service signs identity tokens itself, with keys in its schema that it publishes. After <c>AddDatabase</c>.</summary>
    public static IHostApplicationBuilder AddIdentityTokens(this IHostApplicationBuilder builder, string schema) =>
        builder.AddSigningKeys(schema, KeySchedule.Internal).AddIdentityTokens();

    /// <summary><c>BlobServiceClient</c> and <see cref="ObjectStore"/> over it; the platform's containers exist once the service has started.</summary>
    public static IHostApplicationBuilder AddBlobs(this IHostApplicationBuilder builder)
    {
        builder.AddAzureBlobServiceClient("blobs");
        builder.Services.TryAddSingleton<ObjectStore>();
        builder.Services.AddHostedService<BlobContainerCreation>();
        return builder;
    }

    /// <summary>Request id, errors, authentication, authorization: everything between the server and the endpoints.</summary>
    /// <param name="beforeAuthorization">What must see requests of known callers and of nobody, those that will be refused included.</param>
    public static WebApplication UseServiceDefaults(this WebApplication app, Action<WebApplication>? beforeAuthorization = null)
    {
        app.UseRequestTelemetry();
        app.UseServiceErrors();
        app.UseDeprecation();
        app.UseAuthentication();
        beforeAuthorization?.Invoke(app);
        app.UseAuthorization();
        app.UseIdempotency();
        return app;
    }

    /// <summary><c>/health</c> (ready to serve) and <c>/alive</c> without a credential, <c>/metrics</c> and the service's part of the API document with one.</summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        app.MapServiceHealth();
        app.MapServiceMetrics();
        if (app.Services.GetService<IdentityTokens>() is not null)
        {
            app.MapServiceKeys();
        }

        app.MapApiDocument();
        return app;
    }
}
