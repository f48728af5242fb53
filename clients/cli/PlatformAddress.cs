using System.Text.Json;
using Voice.Client;

namespace Voice.Cli;

/// <summary>
/// Which platform to talk to: what was typed, then the environment, then the one that runs from the data folder
/// (<c>run.json</c> <c>{"url":"http://127.0.0.1:8080"}</c>, <c>secrets.json</c> <c>{"seed-api-key":"va_…"}</c>).
/// </summary>
internal static class PlatformAddress
{
    private const string DefaultUrl = "http://127.0.0.1:8080";

    public static RealtimeEndpoint Resolve(string? typedUrl, string? typedKey, string data, Func<string, string?> environment)
    {
        var url = NullIfEmpty(typedUrl) ?? NullIfEmpty(environment("VOICE_URL")) ?? Read(data, "run.json", "url") ?? DefaultUrl;
        var key = NullIfEmpty(typedKey) ?? NullIfEmpty(environment("VOICE_API_KEY")) ?? Read(data, "secrets.json", "seed-api-key");
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https" or "ws" or "wss"))
        {
            throw new CliException(ExitCode.Usage, $"'{url}' is no address of a platform; write it like {DefaultUrl}.");
        }

        if (key is not null && key.Any(c => c is <= ' ' or > '~'))
        {
            // Never repeated in the message: it may be most of a real key.
            throw new CliException(ExitCode.Usage, "The API key holds characters that no key has.");
        }

        return new RealtimeEndpoint(address, key);
    }

    private static string? Read(string folder, string file, string property)
    {
        var path = Path.Combine(folder, file);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String
                    ? value.GetString()
                    : null;
        }
        catch (Exception failure) when (failure is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCode.BadFile, $"{path} cannot be read: {failure.Message}", failure);
        }
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
