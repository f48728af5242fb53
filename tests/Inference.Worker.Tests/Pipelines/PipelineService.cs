using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Voice.Core.Audio;

namespace Voice.Inference.Tests.Pipelines;

/// <summary>The worker with database, Blob Storage and its real engines, shared by the tests of the collection; each test is an organization of its own.</summary>
public sealed class PipelineService : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private ServiceFactory<Program> _factory = null!;

    public TestDatabase Database => _database;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _factory = await new ServiceFactory<Program>().WithDatabase(_database)
            .With("Engines:Decoders:Warm", "1").With("Engines:Decoders:Max", "2").With("Engines:Speakers:Warm", "1")
            .With("Pipelines:Http:AllowHttp", "true").With("Pipelines:Http:AllowPrivateAddresses", "true").With("Pipelines:Lease", "00:00:02")
            .With("Messaging:Lease", "00:00:05").WithBlobsAsync();
        using var client = _factory.CreateClient();
        await Deadline.Until(async () => (await client.GetAsync("/health")).IsSuccessStatusCode, TimeSpan.FromSeconds(60));
        // The relay takes messages away as soon as they are committed; this keeps what they said.
        await _database.ExecuteAsync(
            """
            create table inference.published (body jsonb not null);
            create function inference.keep() returns trigger language plpgsql as $$ begin insert into inference.published values (new.body::jsonb); return null; end $$;
            create trigger keep after insert on inference.outbox for each row execute function inference.keep()
            """);
    }

    public async Task DisposeAsync()
    {
        await _factory.DisposeAsync();
        await _database.DisposeAsync();
    }

    internal PipelineClient Client(string organization) => new(_factory.CreateClient().As(organization));

    internal PipelineClient NewOrganization() => Client($"org_{Guid.NewGuid():n}");
}

[CollectionDefinition(Name)]
public sealed class PipelineCollection : ICollectionFixture<PipelineService>
{
    public const string Name = "pipelines";
}

/// <summary>Somebody who makes and runs pipelines over the API.</summary>
internal sealed class PipelineClient(HttpClient http) : IDisposable
{
    public HttpClient Http => http;

    public void Dispose() => http.Dispose();

    public async Task<string> CreateAsync(string document)
    {
        using var response = await http.PostAsync("/api/v1/pipelines", Json(document)).OrTimeout();
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.Created, body);
        return JsonNode.Parse(body)!["id"]!.GetValue<string>();
    }

    public async Task<JsonNode> RefusedAsync(string document)
    {
        using var response = await http.PostAsync("/api/v1/pipelines", Json(document)).OrTimeout();
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    public async Task<string> StartAsync(string pipeline, string body = "{}", HttpStatusCode expected = HttpStatusCode.Created)
    {
        using var response = await http.PostAsync($"/api/v1/pipelines/{pipeline}/runs", Json(body)).OrTimeout();
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == expected, text);
        return JsonNode.Parse(text)!["id"]!.GetValue<string>();
    }

    public async Task<string> StartAsync(string pipeline, WavAudio recording, string inputs = "{}")
    {
        using var form = new MultipartFormDataContent { { new StringContent(inputs), "inputs" } };
        form.Add(Wav(recording), "recording", "call.wav");
        using var response = await http.PostAsync($"/api/v1/pipelines/{pipeline}/runs", form).OrTimeout();
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.Created, text);
        return JsonNode.Parse(text)!["id"]!.GetValue<string>();
    }

    public static ByteArrayContent Wav(WavAudio audio)
    {
        var content = new ByteArrayContent(WavWriter.Write(audio.Samples, audio.SampleRate));
        content.Headers.ContentType = new MediaTypeHeaderValue("audio/wav");
        return content;
    }

    public async Task<JsonNode> RunAsync(string id)
    {
        using var response = await http.GetAsync($"/api/v1/pipeline-runs/{id}").OrTimeout();
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    /// <summary>The run when it is in that state; fails where it ends in another.</summary>
    public async Task<JsonNode> UntilAsync(string id, string state = "succeeded")
    {
        JsonNode run = new JsonObject();
        await Deadline.Until(async () => Is((run = await RunAsync(id))["state"]!.GetValue<string>(), state), TimeSpan.FromSeconds(60));
        Assert.True(run["state"]!.GetValue<string>() == state, run.ToJsonString());
        return run;
    }

    public async Task<JsonNode> PostAsync(string path, string body = "{}", HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var response = await http.PostAsync(path, Json(body)).OrTimeout();
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == expected, $"{(int)response.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    public async Task<JsonNode> GetAsync(string path)
    {
        using var response = await http.GetAsync(path).OrTimeout();
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    public static StringContent Json(string text) => new(text, System.Text.Encoding.UTF8, "application/json");

    private static bool Is(string state, string wanted) => state == wanted || (state is "succeeded" or "failed" or "cancelled");
}
