using System.Text.Json.Nodes;
using Voice.Inference.Providers;
using Voice.Inference.Providers.ElevenLabs;
using Voice.Inference.Tests.Providers.Speech;

namespace Voice.Inference.Tests.Providers.ElevenLabs;

internal sealed class ElevenLabsService : ISpeechService
{
    public (string Path, string Body)? Voices => ("/v1/voices",
        """
        {"voices":[
          {"voice_id":"v-one","name":"One","category":"premade","labels":{"gender":"female","accent":"american"},"verified_languages":[{"language":"en","model_id":"m","locale":"en-US"},{"language":"en","model_id":"n","locale":"en-US"}]},
          {"voice_id":"v-two","name":"Two","labels":{}}]}
        """);

    public IProviderKind Kind(ProviderHttp http, TimeProvider time) => new ElevenLabsKind(http, time);

    public ProviderSettings Settings(Uri address) =>
        new() { Kind = "elevenlabs", BaseUrl = address, ApiKey = ISpeechService.Key, Voice = "JBFqnCBsd6RMkjVDRZzb", Timeout = TimeSpan.FromSeconds(5) };

    public void Serve(ProviderServer server, SpeechScript script) =>
        server.Answer = BodyLine.Serve(script, "/v1/text-to-speech/", request => (string)JsonNode.Parse(request.Text)!["text"]!);
}
