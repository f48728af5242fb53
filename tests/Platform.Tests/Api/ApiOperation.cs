using System.Text.Json.Nodes;

namespace Platform.Tests.Api;

public sealed record ApiOperation(JsonObject Document, string Path, string Method, JsonObject Json)
{
    public string Id => Json["operationId"]!.GetValue<string>();

    public bool IsAnonymous => Json["security"]?.AsArray().Count == 0;

    public bool IsWebSocket => Json["responses"]!["101"] is not null;

    public IReadOnlyList<string> Scopes =>
        [.. Json["security"]!.AsArray().Select(way => way!.AsObject().First().Value!.AsArray().Select(scope => scope!.GetValue<string>())).FirstOrDefault() ?? []];

    public IEnumerable<JsonObject> Parameters => Json["parameters"]?.AsArray().Select(parameter => Resolve(parameter!)) ?? [];

    /// <summary>Content type and media object of the body; null without one.</summary>
    public (string Type, JsonObject Media)? Body =>
        Json["requestBody"]?["content"]?.AsObject().FirstOrDefault() is { Key: not null } content ? (content.Key, content.Value!.AsObject()) : null;

    public JsonObject Response(string status) => Resolve(Json["responses"]![status]!);

    /// <summary>Follows references until there is none.</summary>
    public JsonObject Resolve(JsonNode node)
    {
        while (node["$ref"] is { } reference)
        {
            node = reference.GetValue<string>().Split('/').Skip(1).Aggregate((JsonNode)Document, (at, step) => at[step]!);
        }

        return node.AsObject();
    }

    public override string ToString() => $"{Method} {Path}";
}
