using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;
using Voice.Api.Agents;
using Voice.Api.Sessions;
using Voice.Offline.Servers;

namespace Voice.Api.Tests.Support;

/// <summary>The service with real stores and a database of its own. No inference-worker answers: tests that need one script it.</summary>
public sealed class VoiceApi : IAsyncLifetime
{
    private readonly ServiceFactory<Program> _factory = new();
    private TestDatabase? _database;

    /// <summary>Where the database is made, if not on the server that all tests share.</summary>
    public PostgresServer? Postgres { get; init; }

    /// <summary>Added to the service's connection string of the database.</summary>
    public string DatabaseSettings { get; init; } = "";

    public TestDatabase Database => _database ?? throw new InvalidOperationException("The fixture is not started.");

    public IServiceProvider Services => _factory.Services;

    internal SessionJournals Journals => Services.GetRequiredService<SessionJournals>();

    internal OrphanSweeper Sweeper => Services.GetRequiredService<OrphanSweeper>();

    public BlobServiceClient Blobs => Services.GetRequiredService<BlobServiceClient>();

    public IDatabase Redis => Services.GetRequiredService<IConnectionMultiplexer>().GetDatabase();

    public async Task InitializeAsync() => await StartAsync(configure: null);

    public async Task StartAsync(Action<ServiceFactory<Program>>? configure)
    {
        _database = await TestDatabase.CreateAsync(Postgres);
        _factory.With("ConnectionStrings:voicedb", _database.ConnectionString + DatabaseSettings)
            .With("services:inference-worker:http:0", "http://127.0.0.1:9")
            .With("Inference:WarmInterval", "00:10:00")
            .With("Realtime:DrainLimit", "00:00:00.200")
            // The scripted worker says the same words with another sound in every test.
            .With("SpeechCache:Enabled", "false")
            .With("Sessions:RecordingInterval", "00:00:00.100")
            .With("Sessions:HeartbeatInterval", "00:00:00.200")
            .With("Sessions:SweepInterval", "01:00:00");
        await _factory.WithCacheAsync();
        await _factory.WithBlobsAsync();
        configure?.Invoke(_factory);
        _ = _factory.Services;
    }

    public async Task DisposeAsync()
    {
        await _factory.DisposeAsync();
        await Database.DisposeAsync();
    }

    /// <summary>SIGTERM, as far as the service can tell.</summary>
    public Task StopServiceAsync() => _factory.DisposeAsync().AsTask();

    public HttpClient CreateClient(string organizationId = "org_default") => _factory.CreateClient().As(organizationId);

    public HttpClient CreateAnonymousClient() => _factory.CreateClient();

    internal Task<SessionJournal> OpenAsync(string organizationId = "org_default", DateTimeOffset? startedAt = null) =>
        Journals.OpenAsync(Descriptor(organizationId, startedAt), CancellationToken.None).OrTimeout();

    internal static SessionDescriptor Descriptor(string organizationId = "org_default", DateTimeOffset? startedAt = null) => new(
        $"sess_{Guid.NewGuid():n}",
        organizationId,
        "user_1",
        new AgentDefinition(
            "receptionist", organizationId, "Clinic receptionist", "", "agent", "en", null, "", "", null, new AgentModels(null, null, null), []),
        "websocket",
        startedAt ?? TimeProvider.System.GetUtcNow());

    internal static TurnRecord Turn(int sequence, string transcript = "what time do you open", string reply = "We open at eight.")
    {
        var start = new DateTimeOffset(2026, 11, 20, 9, 30, sequence % 60, TimeSpan.Zero);
        return new TurnRecord(
            $"turn_{Guid.NewGuid():n}", sequence, transcript, 0.93, reply, "en",
            new Dictionary<string, double> { ["endpointing"] = 402, ["voice_to_voice"] = 471.5 }, start, start.AddSeconds(5));
    }

    /// <summary>What is told of a session, in order: sent messages are with the transport, the others still in the outbox. What is counted is <see cref="UsageAsync"/>.</summary>
    public Task<List<string>> PublishedAsync(string sessionId) => PublishedAsync(sessionId, "type", "type <> 'UsageRecorded'");

    /// <summary>What of a session is counted, in order: kind, quantity, and on whose behalf.</summary>
    public Task<List<string>> UsageAsync(string sessionId) => PublishedAsync(
        sessionId, "body::jsonb->>'kind' || ' ' || (body::jsonb->>'quantity')::float8 || ' ' || (body::jsonb->>'subject')", "type = 'UsageRecorded'");

    private async Task<List<string>> PublishedAsync(string sessionId, string column, string condition)
    {
        var types = new List<string>();
        await using var command = Database.DataSource.CreateCommand($"""
            select {column} from (
                select type, body, message_id, 0 as stage, sequence from messaging.deliveries where key = '{sessionId}' and subscription = 'export'
                union all
                select type, body, id, 1, sequence from voice.outbox where key = '{sessionId}') published
            where {condition}
            group by message_id, type, body
            order by min(stage), min(sequence) filter (where stage = 0), min(sequence)
            """);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            types.Add(reader.GetString(0));
        }

        return types;
    }

    public async Task<byte[]?> BlobAsync(string container, string name)
    {
        var blob = Blobs.GetBlobContainerClient(container).GetBlobClient(name);
        if (!await blob.ExistsAsync())
        {
            return null;
        }

        BlobDownloadResult result = await blob.DownloadContentAsync();
        return result.Content.ToArray();
    }
}
