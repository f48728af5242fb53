using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Voice.Inference.Uploads;

/// <summary>The header <c>Upload-Metadata</c>: <c>filename d29ybGQ=,is_confidential</c>, keys and base64 values, as tus 1.0.0 has it.</summary>
internal sealed record TusMetadata(string? Text, string? FileName, string? FileType)
{
    private const int MaxLength = 4096;
    private const int MaxValue = 255;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="header">Null for none.</param>
    public static bool TryParse(string? header, [NotNullWhen(true)] out TusMetadata? metadata)
    {
        metadata = null;
        if (string.IsNullOrWhiteSpace(header))
        {
            metadata = new TusMetadata(null, null, null);
            return true;
        }

        if (header.Length > MaxLength)
        {
            return false;
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in header.Split(','))
        {
            var parts = pair.Trim().Split(' ');
            if (parts is not ([{ Length: > 0 }] or [{ Length: > 0 }, _]) || Decode(parts.Length == 2 ? parts[1] : "") is not { } value || !values.TryAdd(parts[0], value))
            {
                return false;
            }
        }

        metadata = new TusMetadata(
            header, Shown(values.GetValueOrDefault("filename") ?? values.GetValueOrDefault("name")), TypeOf(values.GetValueOrDefault("filetype") ?? values.GetValueOrDefault("type")));
        return true;
    }

    private static string? Decode(string base64)
    {
        var bytes = new byte[base64.Length];
        try
        {
            return Convert.TryFromBase64String(base64, bytes, out var length) ? Strict.GetString(bytes, 0, length) : null;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>A name is shown, never a path: whatever stands in it stays text.</summary>
    private static string? Shown(string? name)
    {
        var text = string.Concat((name ?? "").Where(c => !char.IsControl(c))).Trim();
        return text.Length == 0 ? null : text[..Math.Min(text.Length, MaxValue)];
    }

    /// <summary>What a browser says that the file is; the bytes decide when it is read. What is no media type is not kept.</summary>
    private static string? TypeOf(string? type) =>
        type is { Length: > 0 and <= MaxValue } && System.Net.Http.Headers.MediaTypeHeaderValue.TryParse(type, out var parsed) ? parsed.MediaType : null;
}
