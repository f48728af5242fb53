using System.Text.Json.Nodes;

namespace Platform.Tests.Api;

public sealed record ApiOperation(JsonObject Document, string Path, string Method, JsonObject Json)
{
    public string Id => Json["operationId"]!.GetValue<string>();

    public bool IsAnonymous => Json["security"]?.AsArray().Count == 0;

    /// <summary>Some are for people who are signed in, not for keys.</summary>
    public bool TakesKeys => Json["security"]!.AsArray().Any(way => way!.AsObject().ContainsKey("api_key"));

    public bool IsWebSocket => Json["responses"]!["101"] is not null;

    public IReadOnlyList<string> Scopes =>
        [.. Json["security"]!.AsArray().Select(way => way!.AsObject().First().Value!.AsArray().Select(scope => scope!.GetValue<string>())).FirstOrDefault() ?? []];

    public IEnumerable<JsonObject> Parameters => Json["parameters"]?.AsArray().Select(parameter => Resolve(parameter!)) ?? [];

    /// <summary>Content type and media object of the body; null without one.</summary>
    public (string Type, JsonObject Media)? Body =>
        Json["requestBody"]?["content"]?.AsObject().FirstOrDefault() is { Key: not null } content ? (content.Key, content.Value!.AsObject()) : null;

    public JsonObject Response(string status) => Resolve(Json["responses"]![status]!);

    /// <summary>The errors that it says it answers with this status.</summary>
    public IReadOnlyList<string> ErrorCodes(string status) => Json["responses"]![status] is null ? []
        : [.. (Response(status)["content"]?.AsObject() ?? []).SelectMany(media => media.Value!["examples"]?.AsObject() ?? []).Select(example => example.Key)];

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
