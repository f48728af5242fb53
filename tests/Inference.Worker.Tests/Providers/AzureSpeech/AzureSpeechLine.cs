using System.Buffers.Binary;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Voice.Inference.Tests.Providers.Hearing;

namespace Voice.Inference.Tests.Providers.AzureSpeech;

/// <summary>
/// The Speech service's end of a connection, for recognition: as Microsoft's own client for JavaScript, unmodified, is content with it
/// (see <see cref="AzureSpeechRecognitionClientTests"/>).
/// </summary>
internal sealed class AzureSpeechLine(WebSocket socket, ProviderRequest request, CancellationToken cancellationToken) : LiveLine(socket, request, cancellationToken)
{
    private string _turn = "";
    private bool _header;
    private bool _detected;

    /// <summary>What is said about a phrase that was not understood.</summary>
    public string Status { get; set; } = "Success";

    public override Task PartialAsync(string text) => TextAsync("speech.hypothesis", new { Id = "h", Text = text, Offset = 1_000_000, Duration = 2_000_000 });

    public override async Task FinalAsync(string text)
    {
        await PhraseAsync(text);
        await EndAsync();
    }

    public Task PhraseAsync(string text, long offset = 1_000_000) => TextAsync("speech.phrase", new
    {
        Id = "p",
        RecognitionStatus = Status,
        Offset = offset,
        Duration = 20_000_000,
        Channel = 0,
        DisplayText = text,
        NBest = new[]
        {
            new
            {
                Confidence = 0.9, Lexical = text.ToLowerInvariant(), ITN = text, MaskedITN = text, Display = text,
                Words = text.Split(' ').Select((word, i) => new { Word = word, Offset = offset + (i * 5_000_000), Duration = 4_000_000 }),
            },
        },
    });

    public async Task EndAsync()
    {
        await TextAsync("speech.endDetected", new { Offset = 30_000_000 });
        await TextAsync("turn.end", new { });
    }

    public Task TextAsync(string path, object body) =>
        SendAsync($"X-RequestId:{_turn}\r\nContent-Type:application/json; charset=utf-8\r\nPath:{path}\r\n\r\n{JsonSerializer.Serialize(body)}");

    protected override async Task<bool> TakeAsync(bool binary, byte[] message)
    {
        var headers = binary ? BinaryPrimitives.ReadUInt16BigEndian(message) : Encoding.UTF8.GetString(message).IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var lines = Encoding.ASCII.GetString(message, binary ? 2 : 0, headers).Split("\r\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries)).ToDictionary(line => line[0], line => line[1], StringComparer.OrdinalIgnoreCase);
        Assert.Matches("^[0-9A-F]{32}$", lines["X-RequestId"]);
        if (!binary)
        {
            Said.Add(Encoding.UTF8.GetString(message));
            if (lines["Path"] == "speech.context")
            {
                (_turn, _header, _detected) = (lines["X-RequestId"], true, false);
            }

            return false;
        }

        Assert.Equal("audio", lines["Path"]);
        Assert.Equal(_turn, lines["X-RequestId"]);
        var payload = message[(2 + headers)..];
        if (_header && payload.Length > 0)
        {
            Assert.Equal("audio/x-wav", lines["Content-Type"]);
            Assert.StartsWith("RIFF", Encoding.ASCII.GetString(payload, 0, 4));
            _header = false;
            await TextAsync("turn.start", new { context = new { serviceTag = "tag" } });
            payload = payload[44..];
        }

        if (payload.Length == 0)
        {
            return _detected;
        }

        if (!_detected)
        {
            _detected = true;
            await TextAsync("speech.startDetected", new { Offset = 1_000_000 });
        }

        Add(payload);
        return false;
    }
}
