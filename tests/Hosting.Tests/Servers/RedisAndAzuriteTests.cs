using System.Net;
using System.Net.Sockets;
using System.Text;
using Voice.Offline.Servers;

namespace Voice.Hosting.Tests.Servers;

public class RedisAndAzuriteTests
{
    [Fact]
    public async Task Redis_answers_whoever_knows_the_password_and_nobody_else()
    {
        using var folder = new TemporaryFolder();
        await using var server = await RedisServer.StartAsync(folder["redis"]).OrTimeout();

        Assert.Equal($"127.0.0.1:{server.Port},password={server.Password}", server.ConnectionString);
        Assert.StartsWith("-NOAUTH", await AskAsync(server.Port, "PING\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Azurite_answers_and_keeps_its_key()
    {
        using var folder = new TemporaryFolder();
        await using var server = await AzuriteServer.StartAsync(folder["azurite"]).OrTimeout();
        using var client = new HttpClient();

        var anonymous = await client.GetAsync(server.BlobEndpoint + "/recordings?restype=container&comp=list").OrTimeout();

        Assert.Equal(HttpStatusCode.Forbidden, anonymous.StatusCode);
        Assert.Equal(server.AccountKey, await File.ReadAllTextAsync(folder["azurite/account-key"]));
    }

    private static async Task<string?> AskAsync(int port, string text)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port).OrTimeout();
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text));
        return await new StreamReader(client.GetStream()).ReadLineAsync().OrTimeout();
    }
}
