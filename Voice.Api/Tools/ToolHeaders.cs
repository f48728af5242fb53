using Voice.ServiceDefaults.Http.Outbound;

namespace Voice.Api.Tools;

/// <summary>Headers an agent's author chose. Their values are secrets: they are sent, and never logged or told.</summary>
internal static class ToolHeaders
{
    private const string SecretPrefix = "secret:";

    /// <summary>These frame the message or belong to the connection: with them a request could be made to be read as two.</summary>
    private static readonly HashSet<string> Ours = new(StringComparer.OrdinalIgnoreCase)
    {
        "connection", "content-length", "content-type", "expect", "host", "keep-alive", "proxy-authorization", "proxy-connection", "te", "trailer",
        "transfer-encoding", "upgrade",
    };

    public static void Add(HttpRequestMessage request, IReadOnlyDictionary<string, string>? headers, string organizationId, HttpToolOptions options)
    {
        foreach (var (name, value) in headers ?? new Dictionary<string, string>())
        {
            var sent = value.StartsWith(SecretPrefix, StringComparison.Ordinal) ? Secret(value[SecretPrefix.Length..], organizationId, options) : value;
            if (Ours.Contains(name) || sent.AsSpan().ContainsAnyInRange('\0', '\u001f') || !request.Headers.TryAddWithoutValidation(name, sent))
            {
                throw new OutboundRefusedException($"The header '{name}' cannot be sent.");
            }
        }
    }

    private static string Secret(string name, string organizationId, HttpToolOptions options) =>
        options.Secrets.TryGetValue(organizationId, out var secrets) && secrets.TryGetValue(name, out var secret)
            ? secret
            : throw new OutboundRefusedException($"There is no secret '{name}'.");
}
