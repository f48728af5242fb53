using System.Text;
using Voice.Core.Providers;
using Voice.Inference.Providers.AzureSpeech;
using Voice.Inference.Providers.Bhashini;
using Voice.Inference.Providers.Deepgram;
using Voice.Inference.Providers.Google;
using Voice.Inference.Providers.OpenAi;

namespace Voice.Inference.Tests.Providers.Hearing;

/// <summary>Whatever a service of transcription sends is a result or a provider's failure, never another exception, and its numbers stay within what they mean.</summary>
public sealed class HearingParserFuzzTests
{
    private const int Inputs = 20_000;

    [Fact]
    public void Broken_messages_of_Deepgram_are_messages_or_failures() => Mutate(
        DeepgramFrames.ParseLive,
        message => Assert.All(DeepgramFrames.Words(message.Channel?.Alternatives?.FirstOrDefault()?.Words), Real),
        """{"type":"Results","start":1.5,"duration":0.5,"is_final":true,"from_finalize":true,"channel":{"alternatives":[{"transcript":"a b","confidence":0.9,"words":[{"word":"a","start":1.5,"end":1.6,"confidence":0.8,"punctuated_word":"A"}]}]}}""",
        """{"type":"TurnInfo","event":"EndOfTurn","turn_index":0,"audio_window_start":0.0,"audio_window_end":1.2,"transcript":"a","words":[{"word":"a","confidence":0.7}],"end_of_turn_confidence":0.5}""");

    [Fact]
    public void Broken_recordings_of_Deepgram_are_transcripts_or_failures() => Mutate(
        utf8 => DeepgramFileTranscriber.Segments(DeepgramFrames.ParseFile(utf8), 2, true).ToList(),
        segments => Assert.All(segments, Real),
        """{"results":{"channels":[{"alternatives":[{"transcript":"a b","confidence":0.9,"words":[{"word":"a","start":0.1,"end":0.2,"confidence":0.8}]}]}],"utterances":[{"start":0.1,"end":0.9,"confidence":0.9,"transcript":"a b","words":[]}]}}""");

    [Fact]
    public void Broken_frames_of_Azure_Speech_are_frames_or_failures() => Mutate(
        utf8 => AzureSpeechTranscription.ParsePhrase(AzureSpeechMessage.Parse(utf8.ToArray(), utf8.Length % 2 == 0).Body.Span),
        _ => { },
        "X-RequestId:0123456789ABCDEF0123456789ABCDEF\r\nPath:speech.phrase\r\n\r\n{\"RecognitionStatus\":\"Success\",\"Offset\":1000000,\"Duration\":20000000,\"NBest\":[{\"Confidence\":0.9,\"Display\":\"A b.\",\"Words\":[{\"Word\":\"a\",\"Offset\":1,\"Duration\":2}]}]}",
        "\0>X-RequestId:0123456789ABCDEF0123456789ABCDEF\r\nPath:speech.phrase\r\n{\"Text\":\"a\"}");

    [Fact]
    public void Broken_recordings_of_Azure_Speech_are_transcripts_or_failures() => Mutate(
        utf8 => AzureSpeechFileTranscriber.Segments(AzureSpeechFileTranscriber.Parse(utf8), true).ToList(),
        segments => Assert.All(segments, Real),
        """{"durationMilliseconds":2000,"combinedPhrases":[{"text":"a"}],"phrases":[{"offsetMilliseconds":40,"durationMilliseconds":500,"text":"a b","words":[{"text":"a","offsetMilliseconds":40,"durationMilliseconds":100}],"locale":"en-US","confidence":0.9}]}""");

    [Fact]
    public void Broken_transcripts_of_OpenAI_are_transcripts_or_failures() => Mutate(
        utf8 => OpenAiTranscripts.Segments(OpenAiTranscripts.Parse(utf8, "They"), 2, true, "They"),
        segments => Assert.All(segments, Real),
        """{"task":"transcribe","duration":"2.0","text":"a b","segments":[{"id":0,"start":0.1,"end":1.0,"text":" a b","avg_logprob":-0.2,"tokens":[1]}],"words":[{"word":"a","start":0.1,"end":0.3}]}""",
        """{"text":"a b","usage":{"type":"duration","seconds":2}}""");

    [Fact]
    public void Broken_streams_of_OpenAI_are_parts_or_failures() => Mutate(
        utf8 =>
        {
            var reader = new OpenAiTranscriptReader("They", 2);
            return reader.Read(utf8).ToList();
        },
        segments => Assert.All(segments, Real),
        """{"type":"transcript.text.delta","delta":"A b. C"}""",
        """{"type":"transcript.text.segment","id":"1","text":"a","start":0.1,"end":0.9,"speaker":"A"}""",
        """{"id":"trsc-1","object":"transcription.chunk","choices":[{"delta":{"content":"a. b"},"finish_reason":null}]}""",
        """{"error":{"type":"server_error","code":"x","message":"y"}}""");

    [Fact]
    public void Broken_events_of_OpenAI_are_events_or_failures() => Mutate(
        utf8 => OpenAiTranscripts.ParseRealtime(utf8, "They"),
        _ => { },
        """{"type":"conversation.item.input_audio_transcription.completed","event_id":"e","item_id":"i","content_index":0,"transcript":"a","usage":{"type":"duration","seconds":1}}""",
        """{"type":"error","event_id":"e","error":{"type":"invalid_request_error","code":"x","message":"y","param":null,"event_id":"commit_1"}}""");

    [Fact]
    public void Broken_transcripts_of_Google_are_transcripts_or_failures() => Mutate(
        utf8 => GoogleFileTranscriber.Segments(GoogleFileTranscriber.Parse(utf8), 1, 2, true),
        segments => Assert.All(segments, Real),
        """{"results":[{"alternatives":[{"transcript":"a b","confidence":0.9,"words":[{"word":"a","startTime":"0.100s","endTime":"0.300s"}]}],"resultEndTime":"1.200s"}],"totalBilledTime":"15s"}""",
        """{"results":[{"alternatives":[{"transcript":"a","words":[{"word":"a","startOffset":"0s","endOffset":"0.300s","confidence":0.5}]}],"resultEndOffset":"1.200s"}]}""");

    [Fact]
    public void Broken_transcripts_of_Bhashini_are_transcripts_or_failures() => Mutate(
        BhashiniFileTranscriber.Parse, _ => { }, """{"pipelineResponse":[{"taskType":"asr","config":null,"output":[{"source":"नमस्ते","target":null}],"audio":null}]}""");

    private delegate T Parser<T>(ReadOnlySpan<byte> utf8);

    private static void Mutate<T>(Parser<T> parse, Action<T> check, params string[] seeds)
    {
        byte[][] bytes = [.. seeds.Select(Encoding.UTF8.GetBytes)];
        var read = 0;
        for (var number = 0; number < Inputs; number++)
        {
            try
            {
                check(parse(Mutations.Of(bytes, number)));
                read++;
            }
            catch (ProviderException)
            {
                // As it should.
            }
            catch (Exception failure)
            {
                Assert.Fail($"Input {number}: {failure}");
            }
        }

        // Neither all refused nor nothing looked at.
        Assert.InRange(read, Inputs / 100, Inputs * 99 / 100);
    }

    private static void Real(TranscribedWord word)
    {
        Assert.InRange(word.Start, 0, word.End);
        Assert.InRange(word.End, 0, 1e7);
        Assert.InRange(word.Confidence, 0, 1);
    }

    private static void Real(Transcription.TranscribedSegment segment)
    {
        Assert.InRange(segment.Start, 0, segment.End);
        Assert.InRange(segment.End, 0, 1e7);
        Assert.All(segment.Words, Real);
    }
}
