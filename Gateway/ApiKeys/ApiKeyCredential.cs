using System.Security.Cryptography;
using System.Text;

namespace Voice.Gateway.ApiKeys;

/// <summary>Where a request may carry an API key, and the form in which it is stored.</summary>
internal static class ApiKeyCredential
{
    /// <summary>Browsers cannot set headers on a WebSocket; OpenAI's clients put the key among the subprotocols.</summary>
    public const string SubprotocolPrefix = "openai-insecure-api-key.";

    private const string BearerPrefix = "Bearer ";

    /// <summary>Longer than any key we issue; what is longer is not worth a hash and a query.</summary>
    private const int MaxLength = 256;

    public static bool IsPresent(HttpRequest request) =>
        request.Headers.Authorization.Count > 0 || Subprotocol(request) is not null;

    /// <summary>The key, or null where a credential was sent in a form that cannot hold one.</summary>
    public static string? Read(HttpRequest request)
    {
        var key = request.Headers.Authorization.Count > 0 ? Bearer(request) : Subprotocol(request);
        return key is { Length: > 0 and <= MaxLength } ? key : null;
    }

    public static byte[] Hash(string key)
    {
        var hash = new byte[SHA256.HashSizeInBytes];
        Hash(key, hash);
        return hash;
    }

    public static void Hash(string key, Span<byte> hash)
    {
        Span<byte> bytes = stackalloc byte[Encoding.UTF8.GetMaxByteCount(MaxLength)];
        bytes = key.Length <= MaxLength ? bytes[..Encoding.UTF8.GetBytes(key, bytes)] : Encoding.UTF8.GetBytes(key);
        SHA256.HashData(bytes, hash);
    }

    private static string? Bearer(HttpRequest request)
    {
        var value = request.Headers.Authorization.Count == 1 ? request.Headers.Authorization[0] : null;
        return value is not null && value.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase) ? value[BearerPrefix.Length..].Trim() : null;
    }

    private static string? Subprotocol(HttpRequest request)
    {
        foreach (var protocol in request.Headers.SecWebSocketProtocol.SelectMany(header => (header ?? string.Empty).Split(',')))
        {
            var name = protocol.Trim();
            if (name.StartsWith(SubprotocolPrefix, StringComparison.Ordinal))
            {
                return name[SubprotocolPrefix.Length..];
            }
        }

        return null;
    }
}
