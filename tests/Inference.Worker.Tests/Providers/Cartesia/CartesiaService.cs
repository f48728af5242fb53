using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Voice.Inference.Providers;
using Voice.Inference.Providers.Cartesia;
using Voice.Inference.Tests.Providers.Speech;

namespace Voice.Inference.Tests.Providers.Cartesia;

internal sealed class CartesiaService(string transport) : ISpeechService
{
    public (string Path, string Body)? Voices => ("/voices",
        """
        {"data":[
          {"id":"v-one","name":"One","language":"en","locales":[{"locale":"en-US","is_native":true}],"gender":"feminine","tagline":""},
          {"id":"v-two","name":"Two","language":"de","gender":null}],"has_more":false}
        """);

    public IProviderKind Kind(ProviderHttp http, TimeProvider time) => new CartesiaKind(http, time);

    public ProviderSettings Settings(Uri address) => new()
    {
        Kind = "cartesia",
        BaseUrl = address,
        ApiKey = ISpeechService.Key,
        Voice = "v-usual",
        Timeout = TimeSpan.FromSeconds(5),
        Options = { ["Transport"] = transport },
    };

    public void Serve(ProviderServer server, SpeechScript script)
    {
        server.Answer = BodyLine.Serve(script, "/tts/bytes", request => (string)JsonNode.Parse(request.Text)!["transcript"]!);
        server.Refuse = script.RefuseAsync;
        server.Talk = transport == "bytes" ? null : async (socket, _, cancellationToken) =>
        {
            while (await SocketText.ReceiveAsync(socket, cancellationToken) is { } text)
            {
                var request = JsonNode.Parse(text)!;
                await script.Play(new Line(socket, (string)request["context_id"]!, (string)request["transcript"]!, cancellationToken));
            }
        };
    }

    private sealed class Line(WebSocket socket, string context, string text, CancellationToken cancellationToken) : SpeechLine(text, cancellationToken)
    {
        public override async Task AudioAsync(ReadOnlyMemory<byte> pcm)
        {
            // The connection carries other contexts too, whose messages are not for this one.
            await SendAsync(new { type = "chunk", data = "AAAA", context_id = "another", done = false, status_code = 206, step_time = 1.5 });
            await SendAsync(new { type = "chunk", data = Convert.ToBase64String(pcm.Span), context_id = context, done = false, status_code = 206, step_time = 1.5 });
            await SendAsync(new { type = "timestamps", context_id = context, done = false, status_code = 206, word_timestamps = new { words = new[] { "a" }, start = new[] { 0 }, end = new[] { 1 } } });
        }

        public override Task EndAsync() => SendAsync(new { type = "done", context_id = context, done = true, status_code = 200 });

        public override Task GarbageAsync() => SocketText.SendAsync(socket, "{\"type\":\"chunk\",\"data\":\"not base64!\"}", Token);

        public override void Cut() => throw new IOException("cut");

        private Task SendAsync(object message) => SocketText.SendAsync(socket, System.Text.Json.JsonSerializer.Serialize(message), Token);
    }
}
