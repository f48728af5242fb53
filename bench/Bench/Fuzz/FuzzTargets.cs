using System.Text;
using System.Text.Json;
using Voice.Core.Audio;
using Voice.Core.Providers;
using Voice.Inference.Providers.AzureSpeech;
using Voice.Inference.Providers.AzureTranslator;
using Voice.Inference.Providers.Bhashini;
using Voice.Inference.Providers.Cartesia;
using Voice.Inference.Providers.Deepgram;
using Voice.Inference.Providers.ElevenLabs;
using Voice.Inference.Providers.Google;
using Voice.Inference.Providers.OpenAi;
using Voice.Inference.Providers.Sockets;

namespace Voice.Bench.Fuzz;

/// <summary>Everything that reads what a stranger or another server sends. A new parser is added here, with what it reads when all is well.</summary>
internal static class FuzzTargets
{
    private static readonly SilenceLimit Silence = new(Timeout.InfiniteTimeSpan, TimeProvider.System, default);

    private static readonly byte[][] VoiceLists =
    [
        Utf8("""{"voices":[{"voice_id":"v","name":"N","languages":[{"language":"en"}],"languageCodes":["en-US"],"ssmlGender":"FEMALE"}],"tts":[{"name":"a","canonical_name":"b","language":"en","languages":["en"]}]}"""),
        Utf8("""[{"id":"v","name":"N","language":"en","ShortName":"en-US-J","DisplayName":"J","Locale":"en-US","Gender":"Female"}]"""),
        Utf8("""{"data":[{"id":"v","name":"N","language":"en"}],"has_more":false}"""),
    ];

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        Of("WAV file", Wavs(), data => WavReader.Read(data)),
        new("WAV stream", Wavs(), ReadWavAsync),
        new("chat completions", [Utf8("data: {\"id\":\"1\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"We \"}}]}\n\ndata: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"c\",\"function\":{\"name\":\"book\",\"arguments\":\"{}\"}}]},\"finish_reason\":\"tool_calls\"}]}\n\ndata: [DONE]\n\n")], ReadChatAsync),
        Of("Azure Translator", [Utf8("""[{"translations":[{"text":"hola","to":"es"}]}]""")], data => AzureTranslator.Parse(data)),
        Of("OpenAI speech", [Utf8("""{"type":"speech.audio.delta","audio":"AAAA"}"""), Utf8("""{"type":"speech.audio.done","usage":{"input_tokens":1}}""")], data => OpenAiSynthesizer.Parse(data, "They")),
        Of("Cartesia speech", [Utf8("""{"type":"chunk","context_id":"c","data":"AAAA","done":false}"""), Utf8("""{"type":"done","context_id":"c","done":true}"""), Utf8("""{"type":"error","context_id":"c","error":"no","status_code":400}""")], data => CartesiaSynthesizer.Parse(Message(data), "c")),
        Of("Deepgram speech", [Utf8("""{"type":"Flushed","sequence_id":0}"""), Utf8("""{"type":"Warning","description":"x","code":"y"}""")], data => DeepgramSynthesizer.Parse(Message(data))),
        Of("Azure speech", [Utf8("X-RequestId:id\r\nPath:turn.end\r\nContent-Type:application/json\r\n\r\n{}"), Utf8("X-RequestId:id\r\nPath:audio\r\n\r\nAAAA")], data => AzureSpeechSynthesizer.Parse(Message(data), "id")),
        Of("Azure message", [[0, 28, .. "Path:audio\r\nX-RequestId:id\r\n"u8, 1, 2, 3, 4], Utf8("Path:speech.phrase\r\nX-RequestId:id\r\n\r\n{}")], data => { AzureSpeechMessage.Parse(data, isText: false); AzureSpeechMessage.Parse(data, isText: true); }),
        Of("Azure phrase", [Utf8("""{"RecognitionStatus":"Success","Offset":100,"Duration":200,"DisplayText":"Hi.","NBest":[{"Confidence":0.9,"Display":"Hi.","Words":[{"Word":"hi","Offset":1,"Duration":2}]}]}""")], data => AzureSpeechTranscription.ParsePhrase(data)),
        Of("Azure file", [Utf8("""{"durationMilliseconds":10,"combinedPhrases":[{"text":"hi"}],"phrases":[{"offsetMilliseconds":0,"durationMilliseconds":5,"text":"hi","confidence":0.9,"words":[{"text":"hi","offsetMilliseconds":0,"durationMilliseconds":5}]}]}""")], data => AzureSpeechFileTranscriber.Parse(data)),
        Of("Deepgram live", [Utf8("""{"type":"Results","start":1.5,"duration":0.5,"is_final":true,"channel":{"alternatives":[{"transcript":"a","confidence":0.9,"words":[{"word":"a","start":1.5,"end":1.6,"confidence":0.8}]}]}}"""), Utf8("""{"type":"TurnInfo","event":"EndOfTurn","turn_index":0,"transcript":"a","words":[{"word":"a","confidence":0.7}]}""")], data => DeepgramFrames.Words(DeepgramFrames.ParseLive(data).Channel?.Alternatives?.FirstOrDefault()?.Words)),
        Of("Deepgram file", [Utf8("""{"results":{"channels":[{"alternatives":[{"transcript":"a b","confidence":0.9,"words":[{"word":"a","start":0.1,"end":0.2,"confidence":0.8}]}]}],"utterances":[{"start":0.1,"end":0.9,"confidence":0.9,"transcript":"a b","words":[]}]}}""")], data => Count(DeepgramFileTranscriber.Segments(DeepgramFrames.ParseFile(data), 2, true))),
        Of("OpenAI file", [Utf8("""{"task":"transcribe","duration":"2.0","text":"a b","segments":[{"id":0,"start":0.1,"end":1.0,"text":" a b","avg_logprob":-0.2,"tokens":[1]}],"words":[{"word":"a","start":0.1,"end":0.3}]}""")], data => Count(OpenAiTranscripts.Segments(OpenAiTranscripts.Parse(data, "They"), 2, true, "They"))),
        Of("OpenAI file stream", [Utf8("""{"type":"transcript.text.delta","delta":"A b. C"}"""), Utf8("""{"type":"transcript.text.segment","id":"1","text":"a","start":0.1,"end":0.9,"speaker":"A"}"""), Utf8("""{"id":"trsc-1","object":"transcription.chunk","choices":[{"delta":{"content":"a. b"},"finish_reason":null}]}""")], data => Count(new OpenAiTranscriptReader("They", 2).Read(data))),
        Of("OpenAI realtime", [Utf8("""{"type":"conversation.item.input_audio_transcription.completed","event_id":"e","item_id":"i","content_index":0,"transcript":"a","usage":{"type":"duration","seconds":1}}"""), Utf8("""{"type":"error","event_id":"e","error":{"type":"invalid_request_error","code":"x","message":"y","param":null,"event_id":"commit_1"}}""")], data => OpenAiTranscripts.ParseRealtime(data, "They")),
        Of("Google file", [Utf8("""{"results":[{"alternatives":[{"transcript":"a b","confidence":0.9,"words":[{"word":"a","startTime":"0.100s","endTime":"0.300s"}]}],"resultEndTime":"1.200s"}]}"""), Utf8("""{"results":[{"alternatives":[{"transcript":"a","words":[{"word":"a","startOffset":"0s","endOffset":"0.300s","confidence":0.5}]}],"resultEndOffset":"1.200s"}]}""")], data => Count(GoogleFileTranscriber.Segments(GoogleFileTranscriber.Parse(data), 1, 2, true))),
        Of("Bhashini file", [Utf8("""{"pipelineResponse":[{"taskType":"asr","config":null,"output":[{"source":"a","target":null}],"audio":null}]}""")], data => BhashiniFileTranscriber.Parse(data)),
        Of("Google speech", [Utf8("""{"audioContent":"UklGRg=="}""")], data => GoogleSynthesizer.Parse(data)),
        Of("Bhashini speech", [Utf8("""{"pipelineResponse":[{"taskType":"tts","audio":[{"audioContent":"UklGRg=="}]}]}""")], data => BhashiniSynthesizer.Parse(data)),
        Of("Bhashini route", [Utf8("""{"pipelineInferenceAPIEndPoint":{"callbackUrl":"https://a.example/x","inferenceApiKey":{"name":"Authorization","value":"k"}},"pipelineResponseConfig":[{"taskType":"asr","config":[{"serviceId":"s"}]}]}""")], data => BhashiniAccount.ParseRoute(data)),
        List("OpenAI voices", list => OpenAiVoices.Parse(list)),
        List("Cartesia voices", list => CartesiaAccount.ParseVoices(list)),
        List("ElevenLabs voices", list => ElevenLabsAccount.ParseVoices(list)),
        List("Deepgram voices", list => DeepgramSynthesizer.ParseVoices(list)),
        List("Azure voices", list => AzureSynthesisAccount.ParseVoices(list)),
        List("Google voices", list => GoogleSynthesizer.ParseVoices(list)),
    ];

    private static FuzzTarget Of(string name, byte[][] seeds, Action<byte[]> read) => new(name, seeds, data =>
    {
        read(data);
        return Task.CompletedTask;
    });

    /// <summary>Of documents that JSON itself has let in.</summary>
    private static FuzzTarget List(string name, Action<JsonElement> read) => Of(name, VoiceLists, data =>
    {
        using var document = JsonDocument.Parse(data);
        read(document.RootElement);
    });

    /// <summary>Reads to the end what is read while it is asked for.</summary>
    private static void Count<T>(IEnumerable<T> read) => _ = read.Count();

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static SocketMessage Message(byte[] data) => new(System.Net.WebSockets.WebSocketMessageType.Text, data);

    private static byte[][] Wavs()
    {
        var pcm = new byte[480];
        new Random(1).NextBytes(pcm);
        var plain = WavWriter.Write(pcm, 16_000, 2);
        byte[] chunks = [.. plain.AsSpan(0, 36), .. "LIST"u8, 3, 0, 0, 0, 1, 2, 3, 0, .. plain.AsSpan(36)];
        byte[] endless = [.. plain.AsSpan(0, 40), 0xFF, 0xFF, 0xFF, 0xFF, .. pcm];
        byte[] huge = [.. "RF64"u8, 0xFF, 0xFF, 0xFF, 0xFF, .. "WAVEds64"u8, 16, 0, 0, 0, .. new byte[8], 0xE0, 1, 0, 0, 0, 0, 0, 0, .. plain.AsSpan(12)];
        return [plain, chunks, endless, huge];
    }

    private static async Task ReadWavAsync(byte[] data)
    {
        var reader = await WavStreamReader.OpenAsync(new MemoryStream(data), CancellationToken.None);
        var samples = new short[1_024];
        while (await reader.ReadAsync(samples, CancellationToken.None) > 0)
        {
        }
    }

    private static async Task ReadChatAsync(byte[] data)
    {
        await foreach (var _ in OpenAiChatClient.Read(new MemoryStream(data), "They", Silence))
        {
        }
    }
}
