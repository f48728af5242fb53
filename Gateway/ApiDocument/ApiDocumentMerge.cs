using System.Globalization;
using System.Text.Json.Nodes;

namespace Voice.Gateway.ApiDocument;

/// <summary>Many documents, one. What two services call by the same name and mean differently gets the service's name in front.</summary>
internal static class ApiDocumentMerge
{
    /// <summary>On each operation: who answers it. An extension, for operators and for the built-in document.</summary>
    public const string Service = "x-service";

    private const string SchemaReference = "#/components/schemas/";
    private const string AnyReference = "#/components/";

    public static JsonObject Merge(IReadOnlyList<ApiDocumentPart> parts)
    {
        var (paths, schemas) = (new SortedDictionary<string, JsonObject>(StringComparer.Ordinal), new SortedDictionary<string, JsonNode>(StringComparer.Ordinal));
        foreach (var (service, document, _) in parts)
        {
            var own = document["components"]?["schemas"]?.AsObject() ?? [];
            var names = own.ToDictionary(entry => entry.Key, entry => NameOf(entry.Key, entry.Value!, service, schemas));
            Rename(document, names);
            foreach (var (name, schema) in own)
            {
                schemas.TryAdd(names[name], schema!.DeepClone());
            }

            foreach (var (path, item) in document["paths"]!.AsObject())
            {
                var merged = paths.TryGetValue(path, out var known) ? known : paths[path] = [];
                foreach (var (method, operation) in item!.AsObject())
                {
                    var copy = operation!.DeepClone();
                    copy[Service] ??= service;
                    merged.TryAdd(method, copy);
                }
            }
        }

        var all = new JsonObject();
        foreach (var (path, item) in paths)
        {
            all[path] = item;
        }

        return new JsonObject { ["paths"] = all, ["components"] = new JsonObject { ["schemas"] = new JsonObject(schemas.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value))) } };
    }

    /// <summary>Without the components that nothing refers to, directly or through another.</summary>
    public static void KeepUsed(JsonObject document)
    {
        var components = document["components"]!.AsObject();
        var (used, open) = (new HashSet<string>(StringComparer.Ordinal), new Queue<JsonNode>([document["paths"]!]));
        while (open.TryDequeue(out var node))
        {
            foreach (var reference in References(node).Where(used.Add))
            {
                var parts = reference[AnyReference.Length..].Split('/');
                if (components[parts[0]]?[parts[1]] is { } component)
                {
                    open.Enqueue(component);
                }
            }
        }

        // Security schemes are named, not referred to.
        foreach (var (kind, group) in components.Where(entry => entry.Key != "securitySchemes").ToList())
        {
            foreach (var name in group!.AsObject().Select(entry => entry.Key).Where(name => !used.Contains($"{AnyReference}{kind}/{name}")).ToList())
            {
                group.AsObject().Remove(name);
            }
        }
    }

    private static string NameOf(string name, JsonNode schema, string service, SortedDictionary<string, JsonNode> taken)
    {
        if (!taken.TryGetValue(name, out var other) || JsonNode.DeepEquals(other, schema))
        {
            return name;
        }

        var prefix = CultureInfo.InvariantCulture.TextInfo.ToTitleCase(service.Split('-')[0]);
        return prefix + name;
    }

    private static void Rename(JsonNode? node, Dictionary<string, string> names)
    {
        foreach (var holder in References(node, static holder => holder))
        {
            var reference = holder["$ref"]!.GetValue<string>();
            if (reference.StartsWith(SchemaReference, StringComparison.Ordinal) && names.TryGetValue(reference[SchemaReference.Length..], out var name))
            {
                holder["$ref"] = SchemaReference + name;
            }
        }
    }

    private static IEnumerable<string> References(JsonNode node) => References(node, static holder => holder["$ref"]!.GetValue<string>());

    private static IEnumerable<T> References<T>(JsonNode? node, Func<JsonObject, T> select)
    {
        if (node is JsonObject holder)
        {
            if (holder["$ref"] is JsonValue value && value.TryGetValue<string>(out var reference) && reference.StartsWith(AnyReference, StringComparison.Ordinal))
            {
                yield return select(holder);
            }

            foreach (var found in holder.Select(entry => entry.Value).SelectMany(child => References(child, select)))
            {
                yield return found;
            }
        }
        else if (node is JsonArray items)
        {
            foreach (var found in items.SelectMany(child => References(child, select)))
            {
                yield return found;
            }
        }
    }
}
