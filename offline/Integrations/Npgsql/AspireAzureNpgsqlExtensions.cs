using System.Data.Common;
using System.Text.Json;
using Aspire.Azure.Npgsql;
using Azure.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Microsoft.Extensions.Hosting;

public static class AspireAzureNpgsqlExtensions
{
    private const string Section = "Aspire:Npgsql";
    private static readonly string[] DatabaseScope = ["https://ossrdbms-aad.database.windows.net/.default"];

    /// <summary>
    /// Registers <see cref="NpgsqlDataSource"/>. With a password in the connection string it is used as is; without one, the credential's
    /// token is the password and, where the string has no user, the token's identity is the user.
    /// </summary>
    public static void AddAzureNpgsqlDataSource(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<AzureNpgsqlSettings>? configureSettings = null,
        Action<NpgsqlDataSourceBuilder>? configureDataSourceBuilder = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(connectionName);
        var settings = IntegrationSettings.Read<AzureNpgsqlSettings>(builder.Configuration, Section, connectionName);
        settings.ConnectionString = builder.Configuration.GetConnectionString(connectionName) ?? settings.ConnectionString;
        configureSettings?.Invoke(settings);

        builder.Services.AddSingleton(services =>
        {
            var source = new NpgsqlDataSourceBuilder(
                settings.ConnectionString ?? throw IntegrationSettings.Missing(connectionName, Section));
            source.UseLoggerFactory(services.GetService<ILoggerFactory>());
            UseTokenWithoutPassword(source, settings, builder.Configuration);
            configureDataSourceBuilder?.Invoke(source);
            return source.Build();
        });
        builder.Services.AddSingleton<DbDataSource>(services => services.GetRequiredService<NpgsqlDataSource>());
        builder.Services.AddTransient(services => services.GetRequiredService<NpgsqlDataSource>().CreateConnection());
        builder.Services.AddTransient<DbConnection>(services => services.GetRequiredService<NpgsqlConnection>());

        if (!settings.DisableHealthChecks)
        {
            builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
                "PostgreSql", services => new NpgsqlHealthCheck(services.GetRequiredService<NpgsqlDataSource>()), failureStatus: null, tags: null));
        }
    }

    private static void UseTokenWithoutPassword(NpgsqlDataSourceBuilder source, AzureNpgsqlSettings settings, IConfiguration configuration)
    {
        var connection = source.ConnectionStringBuilder;
        // Trust and peer authentication (a Unix socket, a local cluster) have a user and no password, and no use for a token.
        var local = connection.Host is null or "localhost" or "127.0.0.1" || connection.Host.StartsWith('/');
        if (!string.IsNullOrEmpty(connection.Password) || (settings.Credential is null && local))
        {
            return;
        }

        var credential = settings.Credential ?? DefaultCredential.Create(configuration);
        if (string.IsNullOrEmpty(connection.Username))
        {
            connection.Username = UserOf(credential.GetToken(new TokenRequestContext(DatabaseScope), default).Token);
        }

        source.UsePasswordProvider(
            _ => credential.GetToken(new TokenRequestContext(DatabaseScope), default).Token,
            async (_, cancellationToken) => (await credential.GetTokenAsync(new TokenRequestContext(DatabaseScope), cancellationToken)).Token);
    }

    /// <summary>The name PostgreSQL knows the identity by: the account name of a person, the resource name of a managed identity.</summary>
    private static string UserOf(string token)
    {
        var payload = token.Split('.')[1];
        using var claims = JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(payload));
        foreach (var name in (string[])["upn", "preferred_username", "unique_name"])
        {
            if (claims.RootElement.TryGetProperty(name, out var value) && value.GetString() is { Length: > 0 } user)
            {
                return user;
            }
        }

        // xms_mirid: /subscriptions/…/userAssignedIdentities/<name>
        if (claims.RootElement.TryGetProperty("xms_mirid", out var resource) && resource.GetString() is { Length: > 0 } id)
        {
            return id[(id.LastIndexOf('/') + 1)..];
        }

        throw new InvalidOperationException("The token names no database user: put Username into the connection string.");
    }
}
