using System.Net.WebSockets;
using System.Text;
using System.Xml.Linq;
using Voice.Inference.Providers;
using Voice.Inference.Providers.AzureSpeech;
using Voice.Inference.Providers.Sockets;
using Voice.Inference.Tests.Providers.Speech;

namespace Voice.Inference.Tests.Providers.AzureSpeech;

/// <summary>Azure Speech's synthesis, over its WebSocket and over REST. Microsoft's own client is spoken to as well (<see cref="AzureSpeechClientTests"/>).</summary>
internal sealed class AzureSpeechService(string transport) : ISpeechService
{
    public bool ReadsSsml => true;

    public string? ForeignLanguage => "tlh";

    public (string Path, string Body)? Voices => ("/cognitiveservices/voices/list",
        """
        [{"Name":"x","DisplayName":"One","LocalName":"One","ShortName":"v-one","Gender":"Female","Locale":"en-US","SampleRateHertz":"48000","VoiceType":"Neural","Status":"GA"},
         {"DisplayName":"Two","ShortName":"v-two","Gender":"Male","Locale":"de-DE","SecondaryLocaleList":["en-US","de-DE"]}]
        """);

    public IProviderKind Kind(ProviderHttp http, TimeProvider time) => new AzureSpeechKind(http, time);

    public ProviderSettings Settings(Uri address) => new()
    {
        Kind = "azure-speech",
        BaseUrl = address,
        ApiKey = ISpeechService.Key,
        Timeout = TimeSpan.FromSeconds(5),
        Options = { ["Transport"] = transport },
    };

    public void Serve(ProviderServer server, SpeechScript script)
    {
        server.Answer = BodyLine.Serve(script, "/cognitiveservices/v1", request => Said(request.Text));
        // A handshake that is refused never becomes a socket.
        server.Talk = transport == "rest" ? null : (socket, _, cancellationToken) => TalkAsync(script, socket, cancellationToken);
        server.Refuse = script.RefuseAsync;
    }

    private static string Said(string ssml) => XDocument.Parse(ssml, LoadOptions.PreserveWhitespace).Root!.Value;

    public static async Task TalkAsync(SpeechScript script, WebSocket socket, CancellationToken cancellationToken)
    {
        while (await ReceiveAsync(socket, cancellationToken) is { } message)
        {
            if (message.Path != "ssml")
            {
                continue;
            }

            var line = new Line(socket, message.RequestId, Said(Encoding.UTF8.GetString(message.Body.Span)), cancellationToken);
            await line.TextAsync("turn.start", """{"context":{"serviceTag":"1234"}}""");
            await line.TextAsync("response", """{"context":{"serviceTag":"1234"},"audio":{"type":"inline","streamId":"S1"}}""");
            await script.Play(line);
        }
    }

    private static async Task<AzureSpeechMessage?> ReceiveAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
            length += part.Count;
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            if (part.EndOfMessage)
            {
                return AzureSpeechMessage.Parse(new SocketMessage(part.MessageType, buffer.AsMemory(0, length)));
            }
        }
    }

    private sealed class Line(WebSocket socket, string id, string text, CancellationToken cancellationToken) : SpeechLine(text, cancellationToken)
    {
        public Task TextAsync(string path, string body) => SendAsync(
            Encoding.UTF8.GetBytes($"X-RequestId:{id}\r\nContent-Type:application/json; charset=utf-8\r\nPath:{path}\r\n\r\n{body}"), WebSocketMessageType.Text);

        public override Task AudioAsync(ReadOnlyMemory<byte> pcm)
        {
            var headers = Encoding.ASCII.GetBytes($"X-RequestId:{id}\r\nX-StreamId:S1\r\nPath:audio\r\n");
            return SendAsync([(byte)(headers.Length >> 8), (byte)headers.Length, .. headers, .. pcm.Span], WebSocketMessageType.Binary);
        }

        public override async Task EndAsync()
        {
            // As the service does: the last audio message is empty.
            await AudioAsync(default);
            await TextAsync("audio.metadata", """{"Metadata":[{"Type":"SessionEnd","Data":{"Offset":100000}}]}""");
            await TextAsync("turn.end", "{}");
        }

        public override Task GarbageAsync() => SendAsync([0xff, 0xff, 1, 2, 3], WebSocketMessageType.Binary);

        public override void Cut() => throw new IOException("cut");

        private Task SendAsync(byte[] message, WebSocketMessageType type) => socket.SendAsync(message, type, true, Token);
    }
}
