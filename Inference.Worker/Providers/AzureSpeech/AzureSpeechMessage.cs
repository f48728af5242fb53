using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Voice.Core.Providers;
using Voice.Inference.Providers.Sockets;

namespace Voice.Inference.Providers.AzureSpeech;

/// <summary>
/// One message of Azure Speech's WebSockets. A text message is <c>Path:ssml\r\nX-RequestId:…\r\n\r\nbody</c>; a binary one has the length of its header
/// lines in front, 2 bytes, big-endian, and no blank line.
/// </summary>
/// <param name="Body">Valid as long as the message it was read from.</param>
internal readonly record struct AzureSpeechMessage(string Path, string RequestId, string? StreamId, ReadOnlyMemory<byte> Body)
{
    private const int LongestHeaders = 16 * 1024;

    /// <exception cref="ProviderException">It is no such message.</exception>
    public static AzureSpeechMessage Parse(SocketMessage message) => Parse(message.Payload, message.IsText);

    internal static AzureSpeechMessage Parse(ReadOnlyMemory<byte> payload, bool isText)
    {
        var span = payload.Span;
        int start, end, body;
        if (isText)
        {
            (start, end) = (0, span.IndexOf("\r\n\r\n"u8));
            (end, body) = end < 0 ? (span.Length, span.Length) : (end, end + 4);
        }
        else
        {
            start = sizeof(ushort);
            body = end = span.Length < start ? int.MaxValue : start + BinaryPrimitives.ReadUInt16BigEndian(span);
        }

        if (end > span.Length || end - start > LongestHeaders)
        {
            throw Unreadable();
        }

        string? path = null, requestId = null, streamId = null;
        var headers = span[start..end];
        foreach (var range in headers.Split("\r\n"u8))
        {
            var line = headers[range];
            var colon = line.IndexOf((byte)':');
            if (colon <= 0)
            {
                continue;
            }

            var name = line[..colon];
            var value = line[(colon + 1)..];
            path = Is(name, "path"u8) ? Text(value) : path;
            requestId = Is(name, "x-requestid"u8) ? Text(value) : requestId;
            streamId = Is(name, "x-streamid"u8) ? Text(value) : streamId;
        }

        return new AzureSpeechMessage(path ?? throw Unreadable(), requestId ?? "", streamId, payload[body..]);
    }

    public bool Is(string path, string requestId) =>
        Path.Equals(path, StringComparison.OrdinalIgnoreCase) && RequestId.Equals(requestId, StringComparison.OrdinalIgnoreCase);

    public static byte[] WriteText(string path, string requestId, string contentType, string body, TimeProvider time) =>
        Encoding.UTF8.GetBytes($"{Headers(path, requestId, contentType, time)}\r\n{body}");

    public static byte[] WriteBinary(string path, string requestId, string? contentType, ReadOnlySpan<byte> body, TimeProvider time)
    {
        var headers = Encoding.ASCII.GetBytes(Headers(path, requestId, contentType, time));
        var message = new byte[sizeof(ushort) + headers.Length + body.Length];
        BinaryPrimitives.WriteUInt16BigEndian(message, (ushort)headers.Length);
        headers.CopyTo(message, sizeof(ushort));
        body.CopyTo(message.AsSpan(sizeof(ushort) + headers.Length));
        return message;
    }

    /// <summary>32 hexadecimal digits, as the service wants its ids.</summary>
    public static string NewId() => Guid.NewGuid().ToString("N").ToUpperInvariant();

    private static string Headers(string path, string requestId, string? contentType, TimeProvider time)
    {
        var now = time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        var type = contentType is null ? "" : $"Content-Type: {contentType}\r\n";
        return $"Path: {path}\r\nX-RequestId: {requestId}\r\nX-Timestamp: {now}\r\n{type}";
    }

    private static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> known) => Ascii.EqualsIgnoreCase(Trim(name), known);

    private static string Text(ReadOnlySpan<byte> value) => Encoding.UTF8.GetString(Trim(value));

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) => text.Trim(" \t"u8);

    private static ProviderException Unreadable() => ProviderBody.Unreadable(AzureSynthesisAccount.Who);
}
