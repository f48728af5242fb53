using System.Net.Sockets;
using System.Text;
using Microsoft.Playwright;

namespace Platform.Tests;

/// <summary>Makes the proof of who a browser is signed in as an old one, as ten minutes would: in Redis, where sign-ins are.</summary>
internal static class SignInAge
{
    public static async Task ForgetProofAsync(this IPage page, PlatformFixture platform)
    {
        var id = await page.EvaluateAsync<string>("async () => (await (await fetch('/api/v1/auth/sessions')).json()).data.find((s) => s.current).id");
        await SendAsync(platform.ConnectionString("cache"), $"HSET auth:session:{id} proven 0", $"PUBLISH auth:session-ended {id}");
        // The gateway hears of it a moment later. To begin a second factor changes nothing until it is confirmed.
        await Deadline.Until(async () => await page.EvaluateAsync<int>(
            "async () => (await fetch('/api/v1/account/second-factor', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })).status") == 403);
    }

    private static async Task SendAsync(string connectionString, params string[] commands)
    {
        var parts = connectionString.Split(',');
        var password = parts.Single(part => part.StartsWith("password=", StringComparison.Ordinal))["password=".Length..];
        using var client = new TcpClient();
        await client.ConnectAsync(System.Net.IPEndPoint.Parse(parts[0].Replace("localhost", "127.0.0.1", StringComparison.Ordinal))).OrTimeout();
        await using var stream = client.GetStream();
        using var answers = new StreamReader(stream, Encoding.ASCII);
        foreach (var command in (string[])[$"AUTH {password}", .. commands])
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"{command}\r\n")).AsTask().OrTimeout();
            var answer = await answers.ReadLineAsync().OrTimeout();
            Assert.False(answer is null or ['-', ..], $"{command.Split(' ')[0]}: {answer}");
        }
    }
}
