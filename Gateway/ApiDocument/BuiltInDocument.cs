using System.Text.Json.Nodes;

namespace Voice.Gateway.ApiDocument;

/// <summary><c>docs/openapi.json</c> as it was when the gateway was built; a test holds it to what the platform says of itself.</summary>
internal sealed class BuiltInDocument
{
    private readonly Lazy<JsonObject> _document = new(Read);

    /// <summary>What the service said then, with all components: the merge keeps those that are used.</summary>
    public JsonObject PartOf(string service)
    {
        var part = (JsonObject)_document.Value.DeepClone();
        var paths = part["paths"]!.AsObject();
        foreach (var (path, item) in paths.ToList())
        {
            foreach (var (method, operation) in item!.AsObject().ToList().Where(entry => entry.Value?[ApiDocumentMerge.Service]?.GetValue<string>() != service))
            {
                item.AsObject().Remove(method);
            }

            if (item.AsObject().Count == 0)
            {
                paths.Remove(path);
            }
        }

        return part;
    }

    private static JsonObject Read()
    {
        using var stream = typeof(BuiltInDocument).Assembly.GetManifestResourceStream("openapi.json")!;
        return JsonNode.Parse(stream)!.AsObject();
    }
}
