using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Voice.Gateway.ApiDocument;

/// <summary>The API document of the whole platform, made of its services' at most once a minute.</summary>
internal sealed class ApiDocuments(ApiDocumentParts parts, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(1);

    /// <summary>While a service is away, its return is noticed sooner.</summary>
    private static readonly TimeSpan KeptWhileStale = TimeSpan.FromSeconds(5);

    private static readonly JsonSerializerOptions Json = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly SemaphoreSlim _one = new(1);
    private ServedDocument? _served;
    private long _readAt;

    public async Task<ServedDocument> GetAsync(CancellationToken cancellationToken)
    {
        if (IsFresh(_served))
        {
            return _served!;
        }

        await _one.WaitAsync(cancellationToken);
        try
        {
            if (!IsFresh(_served))
            {
                _served = Write(await parts.ReadAsync(cancellationToken));
                _readAt = time.GetTimestamp();
            }

            return _served!;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private bool IsFresh(ServedDocument? served) => served is not null && time.GetElapsedTime(_readAt) < (served.Stale.Count == 0 ? KeptFor : KeptWhileStale);

    private static ServedDocument Write(IReadOnlyList<ApiDocumentPart> parts)
    {
        var merged = ApiDocumentMerge.Merge(parts);
        var paths = merged["paths"]!.AsObject();
        foreach (var (path, item) in paths)
        {
            foreach (var (method, operation) in item!.AsObject())
            {
                OperationWriter.Complete(path, method, operation!.AsObject(), merged["components"]!["schemas"]!.AsObject());
            }
        }

        var document = DocumentHead.Of(paths);
        document["paths"] = paths.DeepClone();
        var components = SharedParts.Components();
        foreach (var (name, schema) in merged["components"]!["schemas"]!.AsObject())
        {
            components["schemas"]!.AsObject().TryAdd(name, schema!.DeepClone());
        }

        document["components"] = components;
        ApiDocumentMerge.KeepUsed(document);
        var bytes = JsonSerializer.SerializeToUtf8Bytes(document, Json);
        return new ServedDocument(bytes, $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..32]}\"", [.. parts.Where(part => !part.IsCurrent).Select(part => part.Service)]);
    }
}
