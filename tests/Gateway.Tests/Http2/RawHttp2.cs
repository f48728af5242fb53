using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Gateway.Tests.Http2;

/// <summary>One HTTP/2 request with exactly these header fields, as no client library would send them.</summary>
internal static class RawHttp2
{
    private const byte Headers = 1;
    private const byte Reset = 3;
    private const byte Settings = 4;
    private const byte GoAway = 7;

    /// <summary>HPACK's index of <c>:status: 200</c>.</summary>
    private const byte Ok = 0x88;

    /// <returns>Whether the request was answered with 200; everything else is a refusal.</returns>
    public static async Task<bool> IsAnsweredAsync(Uri address, IEnumerable<(string Name, string Value)> fields)
    {
        using var client = new TcpClient(AddressFamily.InterNetwork);
        await client.ConnectAsync(IPAddress.Loopback, address.Port);
        var stream = client.GetStream();
        await stream.WriteAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray());
        await stream.WriteAsync(Frame(Settings, 0, 0, []));
        await stream.WriteAsync(Frame(Headers, 0x5, 1, [.. fields.SelectMany(field => Field(field.Name, field.Value))]));
        try
        {
            var head = new byte[9];
            while (true)
            {
                await stream.ReadExactlyAsync(head).AsTask().OrTimeout();
                var payload = new byte[(head[0] << 16) | (head[1] << 8) | head[2]];
                await stream.ReadExactlyAsync(payload).AsTask().OrTimeout();
                switch (head[3])
                {
                    case Headers:
                        // A change of the table's size may come first.
                        return payload.First(one => (one & 0xe0) != 0x20) == Ok;
                    case Reset or GoAway:
                        return false;
                }
            }
        }
        catch (IOException)
        {
            // Closed without a word.
            return false;
        }
    }

    private static byte[] Frame(byte type, byte flags, int streamId, byte[] payload)
    {
        var frame = new byte[9 + payload.Length];
        (frame[0], frame[1], frame[2], frame[3], frame[4]) = ((byte)(payload.Length >> 16), (byte)(payload.Length >> 8), (byte)payload.Length, type, flags);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), streamId);
        payload.CopyTo(frame, 9);
        return frame;
    }

    // A literal that is not indexed, with a new name, neither compressed.
    private static byte[] Field(string name, string value) => [0, .. Text(name), .. Text(value)];

    private static byte[] Text(string text)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        return bytes.Length < 127 ? [(byte)bytes.Length, .. bytes] : throw new ArgumentException("longer than one byte can say", nameof(text));
    }
}
