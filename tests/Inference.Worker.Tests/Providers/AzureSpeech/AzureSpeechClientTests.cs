using System.Collections.Concurrent;
using System.Security.Cryptography;
using Voice.Inference.Tests.Providers.Speech;

namespace Voice.Inference.Tests.Providers.AzureSpeech;

/// <summary>Microsoft's own client library, unmodified, is spoken to by the server that the adapter is tested with: it talks as the service does.</summary>
public sealed class AzureSpeechClientTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> _said = new();
    private readonly SpeechScript _script = new();
    private ProviderServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await ProviderServer.StartAsync();
        new AzureSpeechService("websocket").Serve(_server, _script);
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task The_official_library_hears_every_byte()
    {
        var pcm = new byte[60_001];
        new Random(5).NextBytes(pcm);
        _script.Play = async line =>
        {
            _said.Enqueue(line.Text);
            foreach (var part in pcm.Chunk(7_001))
            {
                await line.AudioAsync(part);
            }

            await line.EndAsync();
        };

        var (result, _) = await Client().RunAsync();
        foreach (var name in new[] { "text", "ssml" })
        {
            var spoken = result.GetProperty(name);
            Assert.Equal("SynthesizingAudioCompleted", spoken.GetProperty("reason").GetString());
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(pcm)), spoken.GetProperty("sha256").GetString());
        }

        Assert.Equal(["Tom & Jerry <3", "Hello"], _said);
        Assert.All(_server.Requests, request => Assert.Equal(ISpeechService.Key, request.Header("Ocp-Apim-Subscription-Key")));
    }

    [Fact]
    public async Task The_official_library_is_told_when_the_connection_breaks_off()
    {
        _script.Play = async line =>
        {
            await line.AudioAsync(new byte[480]);
            line.Cut();
        };

        var (result, _) = await Client().RunAsync();
        Assert.Equal("Canceled", result.GetProperty("text").GetProperty("reason").GetString());
    }

    private OfficialClient Client() => new("azure-synthesis.mjs", "", new UriBuilder(_server.Address) { Scheme = "ws" }.Uri, ISpeechService.Key);
}
