using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;
using Voice.ServiceDefaults;
using Voice.ServiceDefaults.Live;
using Voice.ServiceDefaults.Messaging;
using Voice.ServiceDefaults.Messaging.Contracts;

namespace Voice.Safety.Tests;

/// <summary>The worker with its own database, on the shared Redis, and the ends of it that a test holds.</summary>
internal sealed class SafetyService : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly ServiceFactory<Program> _factory;

    private SafetyService(TestDatabase database, ServiceFactory<Program> factory) => (Database, _factory) = (database, factory);

    public TestDatabase Database { get; }

    /// <summary>Unique, as Redis channels are shared by all tests.</summary>
    public string SessionId { get; } = Ids.New("sess", TimeProvider.System);

    public IServiceProvider Services => _factory.Services;

    public static async Task<SafetyService> StartAsync(Action<ServiceFactory<Program>>? configure = null)
    {
        var database = await TestDatabase.CreateAsync();
        var factory = await new ServiceFactory<Program>().WithDatabase(database).WithCacheAsync();
        configure?.Invoke(factory);
        var service = new SafetyService(database, factory);
        _ = factory.Server;
        return service;
    }

    public HttpClient Client(string organizationId = "org_a") => _factory.CreateClient().As(organizationId);

    public TurnCompleted Turn(int sequence, string transcript, string language = "en") => new(
        SessionId, "org_a", "user_1", "companion", "companion", language, $"turn_{SessionId}_{sequence}", sequence, transcript, 0.9, "I hear you.",
        new Dictionary<string, double> { ["voice_to_voice"] = 500 }, TimeProvider.System.GetUtcNow(), TimeProvider.System.GetUtcNow());

    public SessionStarted Started() =>
        new(SessionId, "org_a", "user_1", "companion", "companion", "en", TimeProvider.System.GetUtcNow());

    public SessionEnded Ended(int turns) => new(
        SessionId, "org_a", "user_1", "companion", "companion", "en", "client_closed", turns,
        TimeProvider.System.GetUtcNow(), TimeProvider.System.GetUtcNow(), $"org_a/{SessionId}.json", null);

    /// <summary>As the outbox relay would; the same id twice is a redelivery.</summary>
    public async Task<string> PublishAsync(ISessionMessage message, string? id = null)
    {
        id ??= Ids.New("msg", TimeProvider.System);
        var envelope = new MessageEnvelope(
            id, message.SessionId, message.GetType().Name, JsonSerializer.Serialize(message, message.GetType(), Json), null, TimeProvider.System.GetUtcNow());
        await Services.GetRequiredService<IMessageTransport>().PublishAsync([envelope], CancellationToken.None).OrTimeout();
        return id;
    }

    /// <summary>Returns when everything published so far has been handled.</summary>
    public Task HandledAsync() => Deadline.Until(async () => await Database.ScalarAsync<long>("select count(*) from messaging.deliveries where subscription = 'safety'") == 0);

    public Task<long> CountAsync() => Database.ScalarAsync<long>("select count(*) from safety.interventions");

    /// <summary>What a live session hears: the service's end of the channel is another connection.</summary>
    public async Task<LiveListener> ListenAsync() =>
        await LiveListener.StartAsync(Services.GetRequiredService<LiveChannel>(), SessionId);

    public IConnectionMultiplexer Redis => Services.GetRequiredService<IConnectionMultiplexer>();

    public async ValueTask DisposeAsync()
    {
        await _factory.DisposeAsync();
        await Database.DisposeAsync();
    }
}
