using System.Text.Json.Nodes;
using System.Xml.Linq;
using Voice.Inference.Providers;
using Voice.Inference.Providers.Google;
using Voice.Inference.Tests.Providers.Speech;

namespace Voice.Inference.Tests.Providers.Google;

internal sealed class GoogleSpeechService : ISpeechService
{
    public bool Streams => false;

    public bool ReadsSsml => true;

    public (string Path, string Body)? Voices => ("/v1/voices",
        """
        {"voices":[{"languageCodes":["en-US"],"name":"v-one","ssmlGender":"FEMALE","naturalSampleRateHertz":24000},
                   {"languageCodes":["de-DE"],"name":"v-two","ssmlGender":"SSML_VOICE_GENDER_UNSPECIFIED"},{"name":"without a language"}]}
        """);

    public IProviderKind Kind(ProviderHttp http, TimeProvider time) => new GoogleKind(http, time);

    public ProviderSettings Settings(Uri address) => new() { Kind = "google", BaseUrl = address, ApiKey = ISpeechService.Key, Timeout = TimeSpan.FromSeconds(5) };

    public void Serve(ProviderServer server, SpeechScript script) => server.Answer =
        BodyLine.Serve(script, "/v1/text:synthesize", request => Said(JsonNode.Parse(request.Text)!["input"]!), (context, text) => new FileLine(context, text, """{"audioContent":"@"}"""));

    private static string Said(JsonNode input) => (string?)input["text"] ?? XDocument.Parse((string)input["ssml"]!).Root!.Value;
}
