using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Voice.ServiceDefaults.Migrations;

internal static class DatabaseExtensions
{
    private const string ConnectionName = "voicedb";
    private const int KeepAliveSeconds = 30;
    private const int DriverMaxPoolSize = 100;
    private const int MaxPoolSize = 40;

    /// <summary>Once per process, however many features ask.</summary>
    public static void AddDatabaseClient(this IHostApplicationBuilder builder)
    {
        if (builder.Services.Any(service => service.ServiceType == typeof(NpgsqlDataSource)))
        {
            return;
        }

        DapperConventions.Apply();
        builder.AddAzureNpgsqlDataSource(ConnectionName, configureDataSourceBuilder: source => Tune(source.ConnectionStringBuilder, builder.Environment));
    }

    public static void AddMigrations(this IServiceCollection services, string schema, Assembly assembly) =>
        services.AddMigrations(MigrationSet.FromAssembly(schema, assembly.GetName().Name!, assembly));

    public static void AddMigrations(this IServiceCollection services, MigrationSet set)
    {
        services.AddSingleton(set);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, MigrationRunner>());
    }

    /// <summary>Only where the connection string says nothing itself.</summary>
    private static void Tune(NpgsqlConnectionStringBuilder connection, IHostEnvironment environment)
    {
        connection.ApplicationName ??= environment.ApplicationName;
        if (connection.KeepAlive == 0)
        {
            // A listening connection says nothing for hours; without this it can be dead without anybody knowing.
            connection.KeepAlive = KeepAliveSeconds;
        }

        if (connection.MaxPoolSize == DriverMaxPoolSize)
        {
            // Several services, each with replicas, share one server's connections.
            connection.MaxPoolSize = MaxPoolSize;
        }
    }
}
