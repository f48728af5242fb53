using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Voice.ServiceDefaults.Migrations;

namespace Voice.ServiceDefaults.Identity.Keys;

public static class SigningKeysServiceCollectionExtensions
{
    /// <summary>
    /// <see cref="ISigningKeys"/>, keyed by the schedule's purpose, in the service's schema. After <c>AddDatabase</c>.
    /// </summary>
    public static IHostApplicationBuilder AddSigningKeys(this IHostApplicationBuilder builder, string schema, params KeySchedule[] schedules)
    {
        var services = builder.Services;
        var assembly = typeof(SigningKeysServiceCollectionExtensions).Assembly;
        services.AddMigrations(MigrationSet.FromAssembly(
            schema, "signing-keys", assembly, $"{typeof(SigningKeysServiceCollectionExtensions).Namespace}.Migrations."));
        services.TryAddSingleton<KeySeal>();
        foreach (var schedule in schedules)
        {
            services.AddKeyedSingleton(schedule.Purpose, (provider, _) => new KeyRing(
                new KeyStore(provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<KeySeal>(), provider.GetRequiredService<TimeProvider>(), schema),
                schedule, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<KeyRing>>()));
            services.AddKeyedSingleton<ISigningKeys>(schedule.Purpose, (provider, key) => provider.GetRequiredKeyedService<KeyRing>(key));
            services.AddSingleton<IHostedService>(provider => provider.GetRequiredKeyedService<KeyRing>(schedule.Purpose));
        }

        return builder;
    }
}
