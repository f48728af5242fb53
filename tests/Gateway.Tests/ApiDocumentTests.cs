using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Gateway.Tests;

/// <summary>One document of many, also while some of them are away.</summary>
public sealed class ApiDocumentTests : IAsyncLifetime
{
    private const string Address = "/api/v1/openapi.json";

    private readonly GatewayHost _gateway = new();

    public Task InitializeAsync() => _gateway.InitializeAsync();

    public Task DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Services_that_do_not_answer_are_described_as_they_were_when_the_gateway_was_built()
    {
        _gateway.Services.Answers[Address] = context =>
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        };
        var (document, stale) = await ReadAsync();

        Assert.Equal("voice-api, inference-worker, safety-worker, export-worker", stale);
        Assert.Equal("ListSessions", document["paths"]!["/api/v1/sessions"]!["get"]!["operationId"]!.GetValue<string>());
        Assert.NotNull(document["paths"]!["/v1/audio/speech"]);
        Assert.NotNull(document["components"]!["schemas"]!["SessionDetail"]);
        Assert.NotNull(document["components"]!["responses"]!["Unauthorized"]);
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("[]")]
    [InlineData("""{"openapi":"3.1.1"}""")]
    public async Task What_is_no_document_is_not_taken_for_one(string answer)
    {
        Answer((_, _) => answer);
        var (document, stale) = await ReadAsync();

        Assert.NotNull(stale);
        Assert.NotNull(document["paths"]!["/api/v1/sessions"]);
    }

    [Fact]
    public async Task A_service_that_goes_away_is_described_as_it_last_said_and_its_return_is_noticed()
    {
        var away = false;
        Answer((service, _) => service == "voice-api" ? away ? null : Document("/api/v1/new", "New", "string") : Document($"/api/v1/{service}", $"Of{service}", "string"));
        Assert.NotNull((await ReadAsync()).Document["paths"]!["/api/v1/new"]);

        away = true;
        _gateway.Time.Advance(TimeSpan.FromMinutes(2));
        var (document, stale) = await ReadAsync();
        Assert.Equal("voice-api", stale);
        Assert.NotNull(document["paths"]!["/api/v1/new"]);

        away = false;
        _gateway.Time.Advance(TimeSpan.FromSeconds(6));
        Assert.Null((await ReadAsync()).Stale);
    }

    [Fact]
    public async Task A_name_that_two_services_use_differently_is_told_apart_and_one_that_they_share_is_not()
    {
        Answer((service, _) => service switch
        {
            "voice-api" => Document("/api/v1/a", "Thing", "string"),
            "inference-worker" => Document("/api/v1/b", "Thing", "integer"),
            "safety-worker" => Document("/api/v1/c", "Thing", "string"),
            _ => Document("/api/v1/d", "Other", "string"),
        });
        var (document, _) = await ReadAsync();

        Assert.Equal("#/components/schemas/Thing", Reference(document, "/api/v1/a"));
        Assert.Equal("#/components/schemas/InferenceThing", Reference(document, "/api/v1/b"));
        Assert.Equal("#/components/schemas/Thing", Reference(document, "/api/v1/c"));
        Assert.Equal("integer", document["components"]!["schemas"]!["InferenceThing"]!["properties"]!["value"]!["type"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_document_is_made_once_a_minute_however_many_ask()
    {
        var asked = 0;
        Answer((service, _) =>
        {
            Interlocked.Increment(ref asked);
            return Document($"/api/v1/{service}", "Thing", "string");
        });
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ReadAsync()));
        Assert.Equal(4, asked);
    }

    private static string Reference(JsonNode document, string path) =>
        document["paths"]![path]!["get"]!["responses"]!["200"]!["content"]!["application/json"]!["schema"]!["$ref"]!.GetValue<string>();

    private static string Document(string path, string schema, string type) =>
        $$$"""
        {"openapi":"3.1.1","info":{"title":"x","version":"v1"},"paths":{"{{{path}}}":{"get":{"operationId":"Get{{{schema}}}{{{path.GetHashCode(StringComparison.Ordinal)}}}","x-errors":[],"x-scopes":[],
          "responses":{"200":{"description":"OK","content":{"application/json":{"schema":{"$ref":"#/components/schemas/{{{schema}}}"} } } } } } } },
         "components":{"schemas":{"{{{schema}}}":{"type":"object","properties":{"value":{"type":"{{{type}}}"} } } } } }
        """;

    private void Answer(Func<string, HttpContext, string?> of) => _gateway.Services.Answers[Address] = async context =>
    {
        var service = _gateway.Services.Addresses.Single(entry => new Uri(entry.Value).Port == context.Connection.LocalPort).Key;
        if (of(service, context) is { } text)
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(text, context.RequestAborted);
        }
        else
        {
            context.Response.StatusCode = 503;
        }
    };

    private async Task<(JsonNode Document, string? Stale)> ReadAsync()
    {
        using var client = _gateway.Anonymous();
        using var response = await client.GetAsync(Address).OrTimeout();
        response.EnsureSuccessStatusCode();
        var stale = response.Headers.TryGetValues("X-Stale-Services", out var values) ? values.Single() : null;
        return (JsonSerializer.Deserialize<JsonNode>(await response.Content.ReadAsStringAsync())!, stale);
    }
}
