using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Gateway.Tests;

/// <summary>Bytes on a connection, as no client library would send them.</summary>
internal sealed class RawHttp : IDisposable
{
    private readonly TcpClient _client = new(AddressFamily.InterNetwork);

    private RawHttp()
    {
    }

    public static async Task<RawHttp> ConnectAsync(Uri address)
    {
        var raw = new RawHttp();
        await raw._client.ConnectAsync(IPAddress.Loopback, address.Port);
        return raw;
    }

    public async Task SendAsync(string text) => await _client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>Everything until the server closes; also where it resets instead.</summary>
    public async Task<string> ReadToEndAsync()
    {
        var (text, buffer) = (new StringBuilder(), new byte[4096]);
        try
        {
            while (await _client.GetStream().ReadAsync(buffer).AsTask().OrTimeout() is > 0 and var count)
            {
                text.Append(Encoding.Latin1.GetString(buffer, 0, count));
            }
        }
        catch (IOException)
        {
            // Reset: it said what it had to say.
        }

        return text.ToString();
    }

    /// <summary>What is sent in one go, with the connection closed after the answer.</summary>
    public static async Task<string> AskAsync(Uri address, string request)
    {
        using var raw = await ConnectAsync(address);
        await raw.SendAsync(request);
        return await raw.ReadToEndAsync();
    }

    public void Dispose() => _client.Dispose();
}
