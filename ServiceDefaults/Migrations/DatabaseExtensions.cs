using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Voice.ServiceDefaults.Migrations;

internal static class DatabaseExtensions
{
    private const string ConnectionName = "voicedb";

    /// <summary>Once per process, however many features ask.</summary>
    public static void AddDatabaseClient(this IHostApplicationBuilder builder)
    {
        if (builder.Services.Any(service => service.ServiceType == typeof(NpgsqlDataSource)))
        {
            return;
        }

        DapperConventions.Apply();
        builder.AddAzureNpgsqlDataSource(
            ConnectionName,
            configureDataSourceBuilder: source => source.ConnectionStringBuilder.ApplicationName = builder.Environment.ApplicationName);
    }

    public static void AddMigrations(this IServiceCollection services, string schema, Assembly assembly) =>
        services.AddMigrations(MigrationSet.FromAssembly(schema, assembly.GetName().Name!, assembly));

    public static void AddMigrations(this IServiceCollection services, MigrationSet set)
    {
        services.AddSingleton(set);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, MigrationRunner>());
    }
}
