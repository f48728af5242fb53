using System.Net;
using System.Text;
using Voice.Core.Tools;

namespace Voice.Api.Tools;

/// <summary>A response for a model's eyes: text, and not more of it than is worth reading.</summary>
internal static class ToolAnswer
{
    public static async Task<ToolResult> ReadAsync(HttpResponseMessage response, int maxBytes, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        if (status is >= 300 and < 400)
        {
            // Where it points is not what the agent's author agreed to.
            return new ToolResult($"The tool answered with a redirect (status {status}), which is not followed.", Failed: true);
        }

        if (response.StatusCode == HttpStatusCode.NoContent)
        {
            return new ToolResult("Done.");
        }

        var type = response.Content.Headers.ContentType?.MediaType;
        var text = IsText(type) ? await ReadTextAsync(response, maxBytes, cancellationToken) : null;
        if (!response.IsSuccessStatusCode)
        {
            return new ToolResult(string.IsNullOrWhiteSpace(text) ? $"The tool failed with status {status}." : $"The tool failed with status {status}: {text}", Failed: true);
        }

        return text switch
        {
            null when response.Content.Headers.ContentLength == 0 => new ToolResult("Done."),
            null => new ToolResult("The tool answered with something that is not text.", Failed: true),
            "" => new ToolResult("Done."),
            _ => new ToolResult(text),
        };
    }

    private static bool IsText(string? type) =>
        type is not null && (type.StartsWith("text/", StringComparison.OrdinalIgnoreCase) || type.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase) || type.Equals("application/xml", StringComparison.OrdinalIgnoreCase));

    private static async Task<string> ReadTextAsync(HttpResponseMessage response, int maxBytes, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[maxBytes + 1];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        if (length <= maxBytes)
        {
            return Encoding.UTF8.GetString(buffer, 0, length);
        }

        // Not in the middle of a character.
        var end = maxBytes;
        while (end > 0 && (buffer[end] & 0xC0) == 0x80)
        {
            end--;
        }

        return Encoding.UTF8.GetString(buffer, 0, end) + " … (the answer was longer)";
    }
}
