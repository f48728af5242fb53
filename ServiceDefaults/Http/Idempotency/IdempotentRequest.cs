using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Voice.ServiceDefaults.Identity;

namespace Voice.ServiceDefaults.Http.Idempotency;

/// <summary>What makes two requests the same one.</summary>
/// <param name="Key">As the client chose it; never stored.</param>
/// <param name="KeyHash">Together with who asked: one member of an organization cannot fetch another's answer.</param>
internal sealed record IdempotentRequest(string OrganizationId, string Key, byte[] KeyHash, string Route, byte[] Fingerprint)
{
    public const string Header = "Idempotency-Key";
    public const int MaxKeyLength = 255;

    /// <summary>What may be repeated is small; a body beyond this has no fingerprint and the request is refused.</summary>
    private const int MaxBody = 1024 * 1024;

    public static bool IsKey(string? key) => key is { Length: > 0 and <= MaxKeyLength } && key.All(c => c is > ' ' and < '\x7f');

    /// <returns>Null where the body is too large.</returns>
    public static async Task<IdempotentRequest?> ReadAsync(HttpRequest request, string key, Caller caller, CancellationToken cancellationToken)
    {
        request.EnableBuffering(bufferThreshold: MaxBody);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Path}{request.QueryString}\n{request.ContentType}\n"));
        var buffer = new byte[16 * 1024];
        var length = 0;
        while (await request.Body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if ((length += read) > MaxBody)
            {
                return null;
            }

            hash.AppendData(buffer.AsSpan(0, read));
        }

        request.Body.Position = 0;
        return new IdempotentRequest(
            caller.OrganizationId, key, SHA256.HashData(Encoding.UTF8.GetBytes($"{caller.Subject}\n{key}")), $"{request.Method} {request.Path}", hash.GetHashAndReset());
    }
}
