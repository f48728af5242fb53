using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Voice.ServiceDefaults.Usage;

namespace Voice.Inference.Tests;

/// <summary>What a request through the gateway used is published once, exactly, before its answer ends; what is part of something counted already is not.</summary>
public sealed class UsageRecordingTests : IAsyncLifetime
{
    private const string Text = "The clinic is open.";

    private TestDatabase _database = null!;
    private ServiceFactory<Program> _factory = null!;
    private HttpClient _client = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _factory = new ServiceFactory<Program>().WithDatabase(_database).With("Engines:Decoders:Warm", "1").With("Engines:Decoders:Max", "1").With("Engines:Speakers:Warm", "1");
        _client = _factory.CreateClient().As("org_used", "key_used", "api_key");
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
        _client.Dispose();
        await _factory.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Requests_are_counted_by_what_they_are_about_when_their_answer_has_ended()
    {
        await SendAsync("/v1/audio/speech", new { input = Text }, reserved: 40);
        Assert.Equal([$"characters {Text.Length} 40"], await PublishedAsync());
        // Behind the gateway's back: part of a conversation that is counted as one.
        await SendAsync("/v1/audio/speech", new { input = Text }, reserved: null);
        Assert.Single(await PublishedAsync());

        using var chat = await SendAsync("/v1/chat/completions", new { model = "extractive", messages = new[] { new { role = "user", content = "Hello." } } }, reserved: 7);
        var total = (await chat.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("usage").GetProperty("total_tokens").GetInt64();
        Assert.Equal([$"characters {Text.Length} 40", $"tokens {total} 7"], await PublishedAsync());
    }

    [Fact]
    public async Task A_request_that_is_refused_costs_nothing()
    {
        using var request = Request("/v1/audio/speech", new { input = "" }, 40);
        using var response = await _client.SendAsync(request).OrTimeout();
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Empty(await PublishedAsync());
    }

    [Fact]
    public async Task A_socket_is_counted_by_the_audio_that_was_sent()
    {
        var sockets = _factory.Server.CreateWebSocketClient();
        sockets.ConfigureRequest = request =>
        {
            request.Headers.Authorization = $"Bearer {TestIdentity.Token("org_used", "key_used", "api_key")}";
            request.Headers[MeteredRequest.ReservedHeader] = "0";
        };
        var socket = await sockets.ConnectAsync(new Uri(_factory.Server.BaseAddress, "/v1/realtime?intent=transcription"), CancellationToken.None).OrTimeout();
        await using var client = new LiveClient(socket);
        await client.UpdateAsync(rate: 16_000);
        await client.SendAudioAsync(new byte[16_000 * sizeof(short) * 3 / 2]);
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None).OrTimeout();
        await Deadline.Until(async () => (await PublishedAsync()).Count > 0);
        Assert.Equal(["audio_seconds 1.5 0"], await PublishedAsync());
    }

    [Fact]
    public async Task Without_a_database_nothing_is_used_for_nothing()
    {
        await using var uncounted = new ServiceFactory<Program>().With("Engines:Decoders:Warm", "0").With("Engines:Speakers:Warm", "0");
        using var client = uncounted.CreateClient().As();
        using var request = Request("/v1/audio/speech", new { input = Text }, 40);
        using var response = await client.SendAsync(request).OrTimeout();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("usage_unavailable", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static HttpRequestMessage Request(string path, object body, long? reserved)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        if (reserved is { } amount)
        {
            request.Headers.Add(MeteredRequest.ReservedHeader, amount.ToString(CultureInfo.InvariantCulture));
        }

        return request;
    }

    private async Task<HttpResponseMessage> SendAsync(string path, object body, long? reserved)
    {
        using var request = Request(path, body, reserved);
        var response = await _client.SendAsync(request).OrTimeout();
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        await response.Content.LoadIntoBufferAsync().OrTimeout();
        return response;
    }

    private async Task<List<string>> PublishedAsync()
    {
        await using var command = _database.DataSource.CreateCommand("select body->>'kind', (body->>'quantity')::numeric, body->>'reserved', body->>'organization_id', body->>'subject' from inference.published order by 1");
        await using var reader = await command.ExecuteReaderAsync();
        List<string> published = [];
        while (await reader.ReadAsync())
        {
            Assert.Equal(("org_used", "key_used"), (reader.GetString(3), reader.GetString(4)));
            published.Add($"{reader.GetString(0)} {reader.GetDecimal(1).ToString("0.###", CultureInfo.InvariantCulture)} {reader.GetString(2)}");
        }

        return published;
    }
}
