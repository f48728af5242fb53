using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using Microsoft.Extensions.DependencyInjection;
using Voice.ServiceDefaults;
using Voice.ServiceDefaults.Messaging;
using Voice.ServiceDefaults.Messaging.Contracts;

namespace Voice.Export.Tests;

/// <summary>The worker with its own database, on the shared Azurite, and the ends of it that a test holds.</summary>
internal sealed class ExportService : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private static readonly DateTimeOffset EndedAt = new(2026, 3, 4, 23, 59, 58, TimeSpan.Zero);
    private static readonly string OneBlock = Convert.ToBase64String("00000000"u8);

    private readonly ServiceFactory<Program> _factory;

    private ExportService(TestDatabase database, ServiceFactory<Program> factory) => (Database, _factory) = (database, factory);

    public TestDatabase Database { get; }

    public IServiceProvider Services => _factory.Services;

    /// <summary>Unique, as containers are shared by all tests.</summary>
    public string SessionId { get; } = Ids.New("sess", TimeProvider.System);

    public string ExportBlob => $"2026-03-04/org_a/{SessionId}.json";

    private BlobServiceClient Blobs => _factory.Services.GetRequiredService<BlobServiceClient>();

    public static async Task<ExportService> StartAsync()
    {
        var database = await TestDatabase.CreateAsync();
        var factory = await new ServiceFactory<Program>()
            .WithDatabase(database)
            .With("Messaging:RetryPause", "00:00:00.100")
            .WithBlobsAsync();
        var service = new ExportService(database, factory);
        _ = factory.Server;
        return service;
    }

    public HttpClient Client(string organizationId = "org_a") => _factory.CreateClient().As(organizationId);

    public SessionStarted Started() =>
        new(SessionId, "org_a", "user_1", "receptionist", "agent", "en", EndedAt.AddMinutes(-2));

    public SessionEnded Ended() => new(
        SessionId, "org_a", "user_1", "receptionist", "agent", "en", "client_closed", 2, EndedAt.AddMinutes(-2), EndedAt, $"org_a/{SessionId}.json", $"org_a/{SessionId}.wav");

    public InterventionRaised Raised() =>
        new(SessionId, "org_a", $"int_{SessionId}", "turn_2", "suicide", "crisis", "en", "lexicon", "Please call 988.", EndedAt);

    /// <summary>A transcript as voice-api writes it.</summary>
    public JsonObject Transcript(string mode = "agent") => new()
    {
        ["schema"] = "voiceaspire.transcript.v1",
        ["session"] = new JsonObject
        {
            ["id"] = SessionId, ["organization_id"] = "org_a", ["user_id"] = "user_1", ["agent_id"] = "receptionist", ["agent_name"] = "Receptionist",
            ["mode"] = mode, ["language"] = "en", ["target_language"] = null, ["transport"] = "websocket", ["end_reason"] = "client_closed",
            ["started_at"] = EndedAt.AddMinutes(-2), ["ended_at"] = EndedAt, ["duration_seconds"] = 120.0,
        },
        ["recording"] = null,
        ["turns"] = new JsonArray(
            Turn(1, "hello i would like to know the opening hours of the clinic", 0.8, "We are open from nine to five on weekdays.", 510),
            Turn(2, "can i bring my dog to the clinic", 0.6, "I do not know that.", 530)),
    };

    public async Task PutTranscriptAsync(JsonObject transcript)
    {
        var blob = Blobs.GetBlobContainerClient(BlobContainers.Transcripts).GetBlockBlobClient($"org_a/{SessionId}.json");
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(transcript.ToJsonString()));
        await blob.StageBlockAsync(OneBlock, content);
        await blob.CommitBlockListAsync([OneBlock]);
    }

    public async Task<JsonElement> ReadExportAsync()
    {
        // Not DownloadToAsync, which needs a package that a restricted feed lacks (docs/decisions/0001).
        using var download = (await Blobs.GetBlobContainerClient(BlobContainers.Exports).GetBlobClient(ExportBlob).DownloadStreamingAsync()).Value;
        return await JsonSerializer.DeserializeAsync<JsonElement>(download.Content);
    }

    public async Task<bool> ExportExistsAsync() =>
        await Blobs.GetBlobContainerClient(BlobContainers.Exports).GetBlobClient(ExportBlob).ExistsAsync();

    /// <summary>As the outbox relay would; the same id twice is a redelivery.</summary>
    public async Task<string> PublishAsync(ISessionMessage message, string? id = null)
    {
        id ??= Ids.New("msg", TimeProvider.System);
        var envelope = new MessageEnvelope(
            id, message.SessionId, message.GetType().Name, JsonSerializer.Serialize(message, message.GetType(), Json), null, TimeProvider.System.GetUtcNow());
        await _factory.Services.GetRequiredService<IMessageTransport>().PublishAsync([envelope], CancellationToken.None).OrTimeout();
        return id;
    }

    /// <summary>Returns when everything published so far has been handled.</summary>
    public Task HandledAsync() => Deadline.Until(async () => await Database.ScalarAsync<long>("select count(*) from messaging.deliveries where subscription = 'export'") == 0);

    public Task<long> CountAsync() => Database.ScalarAsync<long>("select count(*) from export.exports");

    public async ValueTask DisposeAsync()
    {
        await _factory.DisposeAsync();
        await Database.DisposeAsync();
    }

    private static JsonObject Turn(int sequence, string transcript, double confidence, string reply, double voiceToVoice) => new()
    {
        ["id"] = $"turn_{sequence}", ["sequence"] = sequence, ["language"] = "en", ["started_at"] = EndedAt.AddMinutes(-1), ["completed_at"] = EndedAt,
        ["offset_ms"] = 1000 * sequence, ["transcript"] = transcript, ["confidence"] = confidence, ["reply"] = reply,
        ["latency_ms"] = new JsonObject { ["voice_to_voice"] = voiceToVoice },
    };
}
