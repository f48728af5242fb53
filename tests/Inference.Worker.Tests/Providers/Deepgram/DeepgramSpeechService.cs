using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Voice.Inference.Providers;
using Voice.Inference.Providers.Deepgram;
using Voice.Inference.Tests.Providers.Speech;

namespace Voice.Inference.Tests.Providers.Deepgram;

internal sealed class DeepgramSpeechService : ISpeechService
{
    public string? ForeignLanguage => "tlh";

    public (string Path, string Body)? Voices => ("/v1/models",
        """
        {"stt":[{"name":"nova-3"}],"tts":[
          {"name":"one","canonical_name":"v-one","architecture":"aura-2","languages":["en-US"],"metadata":{"accent":"American","tags":["clear","feminine"]}},
          {"name":"two","canonical_name":"v-two"}]}
        """);

    public IProviderKind Kind(ProviderHttp http, TimeProvider time) => new DeepgramKind(http, time);

    public ProviderSettings Settings(Uri address) => new() { Kind = "deepgram", BaseUrl = address, ApiKey = ISpeechService.Key, Model = "nova-3", Timeout = TimeSpan.FromSeconds(5) };

    public void Serve(ProviderServer server, SpeechScript script)
    {
        server.Refuse = script.RefuseAsync;
        server.Talk = async (socket, _, cancellationToken) =>
        {
            var text = "";
            while (await SocketText.ReceiveAsync(socket, cancellationToken) is { } received)
            {
                var message = JsonNode.Parse(received)!;
                switch ((string)message["type"]!)
                {
                    case "Speak":
                        Assert.InRange(((string)message["text"]!).Length, 1, 2_000);
                        text += (string)message["text"]!;
                        break;
                    case "Flush":
                        await SocketText.SendAsync(socket, """{"type":"Metadata","request_id":"r","model_name":"aura-2-thalia-en","model_version":"1","model_uuid":"u"}""", cancellationToken);
                        await script.Play(new Line(socket, text, cancellationToken));
                        text = "";
                        break;
                    case "Close":
                        return;
                }
            }
        };
    }

    private sealed class Line(WebSocket socket, string text, CancellationToken cancellationToken) : SpeechLine(text, cancellationToken)
    {
        public override Task AudioAsync(ReadOnlyMemory<byte> pcm) => socket.SendAsync(pcm, WebSocketMessageType.Binary, true, Token).AsTask();

        public override async Task EndAsync()
        {
            await SocketText.SendAsync(socket, """{"type":"Warning","code":"SLOW","description":"x"}""", Token);
            await SocketText.SendAsync(socket, """{"type":"Flushed","sequence_id":0}""", Token);
        }

        public override Task GarbageAsync() => SocketText.SendAsync(socket, "flushed", Token);

        public override void Cut() => throw new IOException("cut");
    }
}
