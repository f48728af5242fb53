using System.Net.Http.Json;
using System.Text.Json;
using Voice.Api.Tests.Support;

namespace Voice.Api.Tests.Http;

public sealed class ApiDocumentTests(VoiceApi api) : IClassFixture<VoiceApi>
{
    [Fact]
    public async Task Every_operation_has_a_summary_and_every_JSON_answer_an_example()
    {
        using var client = api.CreateClient();
        var document = await client.GetFromJsonAsync<JsonElement>("/api/v1/openapi.json").OrTimeout();

        Assert.StartsWith("3.", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        var operations = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(operation => (Path: path.Name, Operation: operation.Value)))
            .Where(entry => entry.Path.StartsWith("/api/", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(
            [
                "/api/v1/agents", "/api/v1/agents/{id}", "/api/v1/agents/{id}/access", "/api/v1/agents/{id}/access", "/api/v1/sessions", "/api/v1/sessions/{id}", "/api/v1/sessions/{id}/log", "/api/v1/sessions/{id}/recording",
                "/api/v1/sessions/{id}/recording/content", "/api/v1/sessions/{id}/replays", "/api/v1/sessions/{id}/transcript",
            ],
            operations.Select(entry => entry.Path).Order(StringComparer.Ordinal));
        Assert.All(operations, entry => Assert.NotEmpty(entry.Operation.GetProperty("summary").GetString()!));
        var examples = operations.Count(entry => entry.Operation.GetProperty("responses").GetProperty("200").TryGetProperty("content", out var content)
            && content.TryGetProperty("application/json", out var json) && json.TryGetProperty("example", out _));
        Assert.Equal(9, examples);
    }
}
