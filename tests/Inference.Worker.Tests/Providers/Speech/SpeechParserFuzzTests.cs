using System.Text;
using System.Text.Json;
using Voice.Core.Audio;
using Voice.Core.Providers;
using Voice.Inference.Providers.AzureSpeech;
using Voice.Inference.Providers.Bhashini;
using Voice.Inference.Providers.Cartesia;
using Voice.Inference.Providers.Deepgram;
using Voice.Inference.Providers.ElevenLabs;
using Voice.Inference.Providers.Google;
using Voice.Inference.Providers.OpenAi;
using Voice.Inference.Providers.Sockets;
using Voice.Inference.Providers.Speech;
using Voice.Inference.Speech;
using static System.Net.WebSockets.WebSocketMessageType;

namespace Voice.Inference.Tests.Providers.Speech;

/// <summary>Whatever a speech service sends is read, or refused as a <see cref="ProviderException"/>; nothing else ever comes of it.</summary>
public sealed class SpeechParserFuzzTests
{
    private const int Frames = 20_000;
    private const int Documents = 5_000;
    private const string Id = "0123456789ABCDEF0123456789ABCDEF";

    private static readonly Dictionary<string, (byte[][] Seeds, Action<byte[]> Read)> Parsers = new()
    {
        ["azure text"] = (
            [Utf8($"X-RequestId:{Id}\r\nContent-Type:application/json\r\nPath:turn.end\r\n\r\n{{}}"), Utf8($"Path: response\r\nX-RequestId: {Id}\r\n\r\n{{\"audio\":{{}}}}")],
            data => AzureSpeechSynthesizer.Parse(new SocketMessage(Text, data), Id)),
        ["azure binary"] = (
            [[0, 60, .. Utf8($"X-RequestId:{Id}\r\nPath:audio\r\n"), .. new byte[40]], [0, 14, .. Utf8("Path:turn.end\r\n")]],
            data => AzureSpeechSynthesizer.Parse(new SocketMessage(Binary, data), Id)),
        ["cartesia"] = (
            [Utf8("""{"type":"chunk","data":"AAECAw==","context_id":"c","done":false,"status_code":206}"""), Utf8("""{"type":"error","status_code":400,"title":"x","message":"no","context_id":"c"}""")],
            data => CartesiaSynthesizer.Parse(new SocketMessage(Text, data), "c")),
        ["deepgram"] = (
            [Utf8("""{"type":"Flushed","sequence_id":0}"""), Utf8("""{"type":"Error","description":"x","code":"y"}""")],
            data => DeepgramSynthesizer.Parse(new SocketMessage(Text, data))),
        ["openai"] = (
            [Utf8("""{"type":"speech.audio.delta","audio":"AAECAw=="}"""), Utf8("""{"type":"speech.audio.done","usage":{"input_tokens":1}}"""), Utf8("""{"error":{"type":"x","code":"429","message":"m"}}""")],
            data => OpenAiSynthesizer.Parse(data, "OpenAI")),
        ["google"] = ([Utf8("""{"audioContent":"UklGRiQAAABXQVZF"}""")], data => GoogleSynthesizer.Parse(data)),
        ["bhashini"] = ([Utf8("""{"pipelineResponse":[{"taskType":"tts","audio":[{"audioContent":"UklGRiQAAABXQVZF","audioUri":null}]}]}""")], data => BhashiniSynthesizer.Parse(data)),
        ["bhashini directory"] = (
            [Utf8("""{"pipelineInferenceAPIEndPoint":{"callbackUrl":"https://x.example/a","inferenceApiKey":{"name":"Authorization","value":"k"}},"pipelineResponseConfig":[{"taskType":"tts","config":[{"serviceId":"s"}]}]}""")],
            data => BhashiniAccount.ParseRoute(data)),
        ["wav"] = ([WavWriter.Write(new byte[64], 22_050), WavWriter.Write(new byte[64], 8_000)], data => _ = WavSpeech.Blocks(data, "It").Count()),
        ["azure voices"] = ([Utf8("""[{"ShortName":"a","DisplayName":"A","Gender":"Female","Locale":"en-US","SecondaryLocaleList":["de-DE"]}]""")], List(AzureSynthesisAccount.ParseVoices)),
        ["cartesia voices"] = ([Utf8("""{"data":[{"id":"a","name":"A","language":"en","locales":[{"locale":"en-US"}],"gender":"feminine"}]}""")], List(CartesiaAccount.ParseVoices)),
        ["deepgram voices"] = ([Utf8("""{"tts":[{"canonical_name":"a-en","name":"A","languages":["en"],"metadata":{"tags":["feminine"]}}]}""")], List(DeepgramSynthesizer.ParseVoices)),
        ["elevenlabs voices"] = ([Utf8("""{"voices":[{"voice_id":"a","name":"A","labels":{"gender":"male"},"verified_languages":[{"language":"en","locale":"en-US"}]}]}""")], List(ElevenLabsAccount.ParseVoices)),
        ["google voices"] = ([Utf8("""{"voices":[{"languageCodes":["en-US"],"name":"a","ssmlGender":"MALE"}]}""")], List(GoogleSynthesizer.ParseVoices)),
        ["openai voices"] = ([Utf8("""{"voices":["af_a",{"id":"b","language":"en"}],"data":[{"voice_id":"c"}]}""")], List(OpenAiVoices.Parse)),
        ["ssml for espeak"] = (
            [Utf8("""<?xml version="1.0"?><speak xml:lang="en"><p>a <break time="5s"/><prosody rate="50%">b</prosody><sub alias="c">d</sub><audio src="/x"/></p><![CDATA[e]]></speak>""")],
            data => EspeakSsml.Rewrite(Encoding.UTF8.GetString(data))),
        ["ssml"] = (
            [Utf8("""<speak><voice name="a">b &amp; <x:y xmlns:x="u" z="1"/></voice></speak>"""), Utf8("""<speak xmlns="http://www.w3.org/2001/10/synthesis" version="1.0">a</speak>""")],
            data => Ssml.Complete(Encoding.UTF8.GetString(data), "en-US", "v")),
    };

    public static TheoryData<string> Names => [.. Parsers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_mutated_message_is_read_or_refused(string parser)
    {
        var (seeds, read) = Parsers[parser];
        foreach (var seed in seeds)
        {
            read(seed);
        }

        // Lists and documents come seldom, frames all the time.
        var inputs = parser.EndsWith("voices", StringComparison.Ordinal) || parser.StartsWith("ssml", StringComparison.Ordinal) ? Documents : Frames;
        for (var number = 0; number < inputs; number++)
        {
            try
            {
                read(Mutations.Of(seeds, number));
            }
            catch (ProviderException)
            {
                // Refused in order.
            }
            catch (Exception failure)
            {
                Assert.Fail($"Input {number} of '{parser}': {failure}");
            }
        }
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static Action<byte[]> List(Func<JsonElement, object> parse) => data =>
    {
        using var document = VoiceLists.Parse(data, "It");
        parse(document.RootElement);
    };
}
