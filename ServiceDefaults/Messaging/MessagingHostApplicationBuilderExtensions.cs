using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Voice.ServiceDefaults.Messaging.Postgres;
using Voice.ServiceDefaults.Migrations;

namespace Voice.ServiceDefaults.Messaging;

public static partial class MessagingHostApplicationBuilderExtensions
{
    private const string ConnectionName = "messaging";

    /// <summary><see cref="Outbox"/> over <c>&lt;schema&gt;.outbox</c> and the relay that sends what is committed there.</summary>
    public static IHostApplicationBuilder AddOutbox(this IHostApplicationBuilder builder, string schema)
    {
        builder.AddMessaging();
        builder.Services.AddMigrations(OwnMigrations(schema, "messaging.outbox", "Messaging.Outbox"));
        builder.Services.AddSingleton(services => new Outbox(schema, services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<IHostedService>(services => ActivatorUtilities.CreateInstance<OutboxRelay>(services, schema));
        return builder;
    }

    /// <summary>Handlers for a subscription to the session events; what they handled is remembered in <c>&lt;schema&gt;.inbox</c>.</summary>
    /// <param name="atOnce">Messages handled at once by one process, where that is not <see cref="SubscriptionOptions.MaxConcurrency"/>: work is heavier than events.</param>
    public static SubscriptionBuilder AddSubscription(
        this IHostApplicationBuilder builder, string subscription, string schema, Func<IServiceProvider, int>? atOnce = null)
    {
        builder.AddMessaging();
        builder.Services.AddMigrations(OwnMigrations(schema, "messaging.inbox", "Messaging.Inbox"));
        var registration = new SubscriptionRegistration(subscription, schema);
        builder.Services.AddSingleton<IHostedService>(services => ActivatorUtilities.CreateInstance<SubscriptionDispatcher>(
            services, registration, ActivatorUtilities.CreateInstance<HandlerRunner>(services, registration),
            services.GetRequiredService<IOptions<SubscriptionOptions>>().Value.With(atOnce?.Invoke(services))));
        builder.Services.AddSingleton<IHostedService>(services => ActivatorUtilities.CreateInstance<InboxCleaning>(services, registration));
        return new SubscriptionBuilder(builder.Services, registration);
    }

    private static void AddMessaging(this IHostApplicationBuilder builder)
    {
        if (builder.Services.Any(service => service.ServiceType == typeof(IMessageTransport)))
        {
            return;
        }

        builder.AddDatabaseClient();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<MessagingTelemetry>();
        builder.Services.AddSectionOptions<SubscriptionOptions, SubscriptionOptionsValidator>(SubscriptionOptions.Section);
        if (builder.Configuration.GetConnectionString(ConnectionName) is { Length: > 0 })
        {
            AddServiceBusTransport(builder, ConnectionName);
        }

        if (!builder.Services.Any(service => service.ServiceType == typeof(IMessageTransport)))
        {
            builder.Services.AddMigrations(OwnMigrations("messaging", "messaging.bus", "Messaging.Postgres"));
            builder.Services.AddSingleton<IMessageTransport, PostgresTransport>();
        }
    }

    /// <summary>Registers the Service Bus transport as <see cref="IMessageTransport"/>; in the <c>.Azure.cs</c> file.</summary>
    static partial void AddServiceBusTransport(IHostApplicationBuilder builder, string connectionName);

    private static MigrationSet OwnMigrations(string schema, string owner, string folder) => MigrationSet.FromAssembly(
        schema, owner, typeof(Outbox).Assembly, $"Voice.ServiceDefaults.{folder}.Migrations.");
}
