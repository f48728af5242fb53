using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Voice.Inference.Tests.Jobs;

/// <summary>A worker whose engine answers when it is told to, and a voice-api with a recording.</summary>
public sealed class TranscriptionJobService : IAsyncLifetime, IAsyncDisposable
{
    private readonly (string Key, string? Value)[] _settings;

    public TranscriptionJobService()
        : this([])
    {
    }

    private TranscriptionJobService((string Key, string? Value)[] settings) => _settings = settings;

    public TestDatabase Database { get; private set; } = null!;

    public ServiceFactory<Program> Factory { get; private set; } = null!;

    internal FakeEngine Engine { get; private set; } = null!;

    internal FakeRecordings Recordings { get; private set; } = null!;

    public static async Task<TranscriptionJobService> StartAsync(params (string Key, string? Value)[] settings)
    {
        var service = new TranscriptionJobService(settings);
        await service.InitializeAsync();
        return service;
    }

    public async Task InitializeAsync()
    {
        (Database, Engine, Recordings) = (await TestDatabase.CreateAsync(), await FakeEngine.StartAsync(), await FakeRecordings.StartAsync());
        Factory = await new ServiceFactory<Program>().WithDatabase(Database)
            .With("services:voice-api:http:0", Recordings.Address.ToString())
            .With("Engines:Decoders:Warm", "0").With("Engines:Speakers:Warm", "0")
            .With("Engines:Transcription:Engine", "openai").With("Engines:Transcription:BaseUrl", new Uri(Engine.Address, "v1").ToString()).With("Engines:Transcription:Model", "fake")
            .With("TranscriptionJobs:PartLength", "00:00:02").With("TranscriptionJobs:LongestPart", "00:00:10").With("TranscriptionJobs:CleanEvery", "00:00:00.200")
            .With("Webhooks:AllowHttp", "true").With("Webhooks:AllowPrivateAddresses", "true").With("Webhooks:LookEvery", "00:00:00.050").With("Webhooks:PauseScale", "0.001")
            .WithBlobsAsync();
        foreach (var (key, value) in _settings)
        {
            Factory.With(key, value);
        }

        _ = Factory.Services;
    }

    public HttpClient CreateClient(string organization = "org_a", string scopes = TestIdentity.AllScopes) =>
        Factory.CreateClient().As(organization, $"user_{organization}", scopes: scopes);

    /// <returns>The job's id.</returns>
    public async Task<string> CreateAsync(HttpClient client, byte[] file, object options, bool metered = false)
    {
        var body = JsonSerializer.SerializeToNode(options)!.AsObject();
        body["source"] = new JsonObject { ["upload_id"] = await client.UploadAsync(file) };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/transcription-jobs") { Content = JsonContent.Create(body) };
        if (metered)
        {
            request.Headers.Add("X-Voice-Reserved", "7");
        }

        using var response = await client.SendAsync(request).OrTimeout();
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    public async Task<JsonElement> ReadAsync(HttpClient client, string id) => await client.GetFromJsonAsync<JsonElement>($"/api/v1/transcription-jobs/{id}").OrTimeout();

    public async Task<JsonElement> EndedAsync(HttpClient client, string id)
    {
        await Deadline.Until(async () => (await ReadAsync(client, id)).GetProperty("ended_at").ValueKind == JsonValueKind.String);
        return await ReadAsync(client, id);
    }

    async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();

    public async Task DisposeAsync()
    {
        await Factory.DisposeAsync();
        await Engine.DisposeAsync();
        await Recordings.DisposeAsync();
        await Database.DisposeAsync();
    }
}
