using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Voice.Inference.Tests.Providers.Own;

/// <summary>Providers that an organization brings: its own, sealed, and no door into the operator's network.</summary>
public sealed class OwnProvidersTests : IAsyncLifetime
{
    private const string Key = "sk-of-the-organization";

    private TestDatabase _database = null!;
    private ProviderServer _server = null!;
    private ProviderWorker _worker = null!;
    private HttpClient _client = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _server = await ProviderServer.StartAsync();
        _server.Answer = async context =>
        {
            if (context.Request.Headers.Authorization != $"Bearer {Key}")
            {
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return;
            }

            await context.Response.WriteAsJsonAsync(new
            {
                choices = new[] { new { message = new { role = "assistant", content = "From our own." } } }, usage = new { prompt_tokens = 13, completion_tokens = 4, total_tokens = 17 },
            });
        };
        _worker = Worker();
        _client = _worker.Client();
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _worker.DisposeAsync();
        await _server.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task It_answers_its_organization_by_its_name_and_nobody_else()
    {
        var created = await CreateAsync(_client);
        Assert.DoesNotContain(Key, created, StringComparison.Ordinal);
        Assert.Contains("\"has_key\":true", created, StringComparison.Ordinal);

        Assert.Equal("From our own.", await ChatAsync(_client, "ours"));
        var usage = JsonNode.Parse(await _client.GetStringAsync("/api/v1/providers/usage").OrTimeout())!["data"]!.AsArray().Single()!;
        Assert.Equal(("ours", true, 1, 13, 4), ((string)usage["provider"]!, (bool)usage["own"]!, (int)usage["calls"]!, (int)usage["input_tokens"]!, (int)usage["output_tokens"]!));

        using var check = await _client.PostAsync("/api/v1/providers/ours/check", null).OrTimeout();
        Assert.True((bool)JsonNode.Parse(await check.Content.ReadAsStringAsync())!["ok"]!);
        Assert.Contains("\"ours\"", await _client.GetStringAsync("/api/v1/providers").OrTimeout(), StringComparison.Ordinal);

        using var stranger = _worker.Client("org_b");
        Assert.Equal("model_not_found", await ChatAsync(stranger, "ours"));
        Assert.DoesNotContain("ours", await stranger.GetStringAsync("/api/v1/providers").OrTimeout(), StringComparison.Ordinal);
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Patch, HttpMethod.Delete })
        {
            using var request = new HttpRequestMessage(method, "/api/v1/providers/ours") { Headers = { { "If-Match", "*" } } };
            request.Content = method == HttpMethod.Patch ? JsonContent.Create(new { model = "x" }) : null;
            using var response = await stranger.SendAsync(request).OrTimeout();
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }

        using var foreign = await stranger.PostAsync("/api/v1/providers/ours/check", null).OrTimeout();
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
    }

    [Fact]
    public async Task Its_key_is_sealed_for_it_alone_and_no_answer_has_it()
    {
        await CreateAsync(_client);
        Assert.DoesNotContain(Key, await _client.GetStringAsync("/api/v1/providers/ours").OrTimeout(), StringComparison.Ordinal);
        await using var command = _database.DataSource.CreateCommand("select row_to_json(p)::text || encode(credentials, 'escape') from inference.organization_providers p");
        var kept = (string)(await command.ExecuteScalarAsync())!;
        Assert.DoesNotContain(Key, kept, StringComparison.Ordinal);

        // Put in another's place, it opens nothing, and what is open says nothing.
        await _database.ExecuteAsync("update inference.organization_providers set organization_id = 'org_thief'");
        using var thief = _worker.Client("org_thief");
        Assert.Equal("model_not_found", await ChatAsync(thief, "ours"));
    }

    [Fact]
    public async Task A_new_key_of_the_platform_opens_what_the_one_before_sealed_and_seals_anew()
    {
        await CreateAsync(_client);
        await using var rotated = Worker().With("Credentials:Key", new string('n', 32)).With("Credentials:PreviousKeys:0", new string('o', 40));
        using var client = rotated.Client();
        Assert.Equal("From our own.", await ChatAsync(client, "ours"));
        var before = await KeyIdAsync();
        await ChangeAsync(client, new { model = "another" }, HttpStatusCode.OK);
        Assert.NotEqual(before, await KeyIdAsync());
        Assert.Equal("From our own.", await ChatAsync(client, "ours"));
    }

    [Theory]
    [InlineData("http://127.0.0.1:8000/v1")]
    [InlineData("https://user@models.example.com/v1")]
    [InlineData("https://models.example.com:8443/v1")]
    [InlineData("file:///etc/passwd")]
    public async Task An_address_that_is_no_public_one_is_refused(string address)
    {
        await using var worker = new ProviderWorker("alpha").With("ConnectionStrings:voicedb", _database.ConnectionString);
        using var client = worker.Client();
        using var response = await client.PostAsJsonAsync("/api/v1/providers", Body(address)).OrTimeout();
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("BaseUrl", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_leads_into_the_operators_network_is_not_connected_to()
    {
        await using var worker = new ProviderWorker("alpha").With("ConnectionStrings:voicedb", _database.ConnectionString);
        using var client = worker.Client();
        using var created = await client.PostAsJsonAsync("/api/v1/providers", Body("https://localhost/v1")).OrTimeout();
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        using var check = await client.PostAsync("/api/v1/providers/ours/check", null).OrTimeout();
        var result = JsonNode.Parse(await check.Content.ReadAsStringAsync())!;
        Assert.Equal((false, "provider_unavailable"), ((bool)result["ok"]!, (string)result["error"]!["code"]!));
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task A_changed_address_takes_the_key_again_and_a_stale_version_changes_nothing()
    {
        await CreateAsync(_client);
        var elsewhere = new Uri(_server.Address, "elsewhere/v1");
        Assert.Contains("api_key must be given again", await ChangeAsync(_client, new { base_url = elsewhere }, HttpStatusCode.BadRequest), StringComparison.Ordinal);
        await ChangeAsync(_client, new { base_url = elsewhere, api_key = Key }, HttpStatusCode.OK);
        Assert.Equal("From our own.", await ChatAsync(_client, "ours"));
        Assert.Equal("/elsewhere/v1/chat/completions", _server.Requests.Last().Target);

        using var stale = new HttpRequestMessage(HttpMethod.Delete, "/api/v1/providers/ours") { Headers = { { "If-Match", "\"1\"" } } };
        using var refused = await _client.SendAsync(stale).OrTimeout();
        Assert.Equal(HttpStatusCode.PreconditionFailed, refused.StatusCode);
        using var right = new HttpRequestMessage(HttpMethod.Delete, "/api/v1/providers/ours") { Headers = { { "If-Match", "\"2\"" } } };
        using var deleted = await _client.SendAsync(right).OrTimeout();
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal("model_not_found", await ChatAsync(_client, "ours"));
    }

    [Theory]
    [InlineData("alpha", HttpStatusCode.Conflict, "name_taken")]
    [InlineData("fastest", HttpStatusCode.BadRequest, "invalid_value")]
    [InlineData("Ours!", HttpStatusCode.BadRequest, "invalid_value")]
    public async Task A_name_that_means_something_already_is_refused(string name, HttpStatusCode status, string code)
    {
        using var response = await _client.PostAsJsonAsync("/api/v1/providers", Body(_server.Address + "v1", name)).OrTimeout();
        Assert.Equal((status, code), (response.StatusCode, (string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["code"]!));
    }

    [Fact]
    public async Task What_is_configured_is_told_without_its_address_and_key()
    {
        var text = await _client.GetStringAsync("/api/v1/providers").OrTimeout();
        Assert.DoesNotContain("secret-of-alpha", text, StringComparison.Ordinal);
        var alpha = JsonNode.Parse(text)!["data"]!.AsArray().Single(provider => (string)provider!["name"]! == "alpha")!;
        Assert.Equal(("configured", true), ((string)alpha["origin"]!, alpha["settings"] is null));
        var speech = alpha["capabilities"]!.AsArray().Single(can => (string)can!["capability"]! == "speech")!;
        Assert.Equal(("closed", 15, 0), ((string)speech["breaker"]!, (int)speech["price"]!["per_million_characters"]!, (int)speech["measured"]!["calls"]!));
        Assert.Equal("any", (string)speech["default_for"]!.AsArray().Single()!);
    }

    private ProviderWorker Worker() => new ProviderWorker("alpha").With("ConnectionStrings:voicedb", _database.ConnectionString)
        .With("Credentials:Key", new string('o', 40)).With("OwnProviders:AllowPrivateAddresses", "true").With("OwnProviders:AllowHttp", "true");

    private object Body(string address, string name = "ours") => new { name, kind = "openai-compatible", base_url = address, api_key = Key, model = "theirs" };

    private async Task<string> CreateAsync(HttpClient client)
    {
        using var response = await client.PostAsJsonAsync("/api/v1/providers", Body(_server.Address + "v1")).OrTimeout();
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.Created, text);
        return text;
    }

    private static async Task<string> ChangeAsync(HttpClient client, object change, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, "/api/v1/providers/ours") { Content = JsonContent.Create(change), Headers = { { "If-Match", "*" } } };
        using var response = await client.SendAsync(request).OrTimeout();
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == expected, text);
        return text;
    }

    /// <summary>What was said, or the code of the error.</summary>
    private static async Task<string> ChatAsync(HttpClient client, string model)
    {
        using var response = await client.PostAsJsonAsync("/v1/chat/completions", new { model, messages = new[] { new { role = "user", content = "hi" } } }).OrTimeout();
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        return response.IsSuccessStatusCode ? (string)answer["choices"]![0]!["message"]!["content"]! : (string)answer["error"]!["code"]!;
    }

    private async Task<string> KeyIdAsync()
    {
        await using var command = _database.DataSource.CreateCommand("select key_id from inference.organization_providers");
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
