using System.Diagnostics;
using System.Text.Json;

namespace Voice.Testing;

/// <summary>An OpenID provider that is not ours (<c>oidc-provider</c> of npm), in a process of its own. Anybody who signs in there is who they say.</summary>
public sealed class IndependentProvider : IAsyncDisposable
{
    public const string ClientId = "voice";
    public const string ClientSecret = "of the independent provider: + and /";

    private readonly Process _node;

    private IndependentProvider(Process node, string issuer) => (_node, Issuer) = (node, issuer);

    public string Issuer { get; }

    public static async Task<IndependentProvider> StartAsync()
    {
        var start = new ProcessStartInfo("node", [Path.Combine(OfficialClient.Folder, "provider.mjs")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        (start.Environment["VOICE_CLIENT_ID"], start.Environment["VOICE_CLIENT_SECRET"]) = (ClientId, ClientSecret);
        var node = Process.Start(start) ?? throw new InvalidOperationException("node did not start.");
        var errors = node.StandardError.ReadToEndAsync();
        return await NextAsync(node) is { } line
            ? new(node, line.GetProperty("issuer").GetString()!)
            : throw new InvalidOperationException($"The provider did not start; are the packages of tests/clients installed?\n{await errors}");
    }

    /// <summary>An address of the platform's that it sends browsers back to.</summary>
    public async Task AllowAsync(string redirect)
    {
        await _node.StandardInput.WriteLineAsync(redirect);
        await _node.StandardInput.FlushAsync();
        _ = await NextAsync(_node) ?? throw new InvalidOperationException("The provider has ended.");
    }

    public async ValueTask DisposeAsync()
    {
        // It ends when nobody writes to it any more, also when this process is killed.
        _node.StandardInput.Close();
        await _node.WaitForExitAsync().OrTimeout();
        _node.Dispose();
    }

    /// <summary>The next line that is for us: the provider prints notices of its own, too.</summary>
    private static async Task<JsonElement?> NextAsync(Process node)
    {
        while (await node.StandardOutput.ReadLineAsync().OrTimeout() is { } line)
        {
            if (line.StartsWith('{'))
            {
                return JsonSerializer.Deserialize<JsonElement>(line);
            }
        }

        return null;
    }
}
