using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Voice;
using Voice.ServiceDefaults;
using Voice.ServiceDefaults.Messaging;
using Voice.ServiceDefaults.Messaging.Contracts;

namespace ServiceDefaults.Tests.Messaging;

/// <summary>A publishing service and the consumers of a test, on a database of its own. Handlers write to <c>safety.effects</c>.</summary>
internal sealed class MessagingHost(TestDatabase database) : IAsyncDisposable
{
    private readonly List<TestService> _services = [];

    public TestDatabase Database => database;

    public static async Task<MessagingHost> CreateAsync() => new(await TestDatabase.CreateAsync());

    /// <summary>A service with an outbox in schema <c>voice</c>.</summary>
    public async Task<TestService> StartPublisherAsync(Func<IMessageTransport, IMessageTransport>? around = null)
    {
        var builder = CreateBuilder();
        builder.AddOutbox("voice");
        if (around is not null)
        {
            var transport = builder.Services.Single(service => service.ServiceType == typeof(IMessageTransport)).ImplementationType!;
            builder.Services.AddSingleton(services => around((IMessageTransport)ActivatorUtilities.CreateInstance(services, transport)));
        }

        return await StartAsync(builder);
    }

    /// <summary>A service that subscribes as <c>safety</c>.</summary>
    public async Task<TestService> StartConsumerAsync(HandleTurn handle, params (string, string?)[] settings)
    {
        var builder = CreateBuilder(settings);
        builder.Services.AddSingleton(handle);
        builder.AddSubscription(Subscriptions.Safety, schema: "safety").AddHandler<TurnCompleted, TurnHandler>();
        var service = await StartAsync(builder);
        await database.ExecuteAsync("create table if not exists safety.effects (id bigint generated always as identity, session text, sequence int, attempt int, at timestamptz default clock_timestamp())");
        return service;
    }

    public async Task StopAsync(TestService service)
    {
        _services.Remove(service);
        await service.DisposeAsync();
    }

    public async Task PublishAsync(TestService publisher, params ISessionMessage[] messages)
    {
        var outbox = publisher.Services.GetRequiredService<Outbox>();
        await using var connection = await publisher.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var message in messages)
        {
            await outbox.AddAsync(connection, transaction, message, CancellationToken.None);
        }

        await transaction.CommitAsync();
    }

    public static TurnCompleted Turn(string session, int sequence, string transcript = "hello") => new(
        session, "org_1", "user_1", "receptionist", "agent", "en", $"turn_{session}_{sequence}", sequence, transcript, 0.9, "hi",
        new Dictionary<string, double> { ["voice_to_voice"] = 512.5 }, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddSeconds(2));

    public static async Task RecordAsync(TurnCompleted turn, MessageContext context, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("insert into safety.effects (session, sequence, attempt) values ($1, $2, $3)", context.Connection, context.Transaction)
        {
            Parameters = { new() { Value = turn.SessionId }, new() { Value = turn.Sequence }, new() { Value = context.Attempt } },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public Task<long> EffectsAsync() => database.ScalarAsync<long>("select count(*) from safety.effects");

    public Task UntilHandledAsync(int count) => Deadline.Until(async () =>
        await EffectsAsync() >= count && await database.ScalarAsync<long>("select count(*) from messaging.deliveries where subscription = 'safety'") == 0);

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services)
        {
            await service.DisposeAsync();
        }

        await database.DisposeAsync();
    }

    private WebApplicationBuilder CreateBuilder(params (string, string?)[] settings) => TestService.CreateBuilder(
        [("ConnectionStrings:voicedb", database.ConnectionString), ("Messaging:RetryPause", "00:00:00.020"), ("Messaging:MaxAttempts", "3"), .. settings]);

    private async Task<TestService> StartAsync(WebApplicationBuilder builder)
    {
        var service = await TestService.StartAsync(builder);
        _services.Add(service);
        return service;
    }
}

internal delegate Task HandleTurn(TurnCompleted turn, MessageContext context, CancellationToken cancellationToken);

internal sealed class TurnHandler(HandleTurn handle) : IMessageHandler<TurnCompleted>
{
    public Task HandleAsync(TurnCompleted message, MessageContext context, CancellationToken cancellationToken) => handle(message, context, cancellationToken);
}
