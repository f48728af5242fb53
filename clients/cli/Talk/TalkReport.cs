using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Voice.Client;

namespace Voice.Cli.Talk;

/// <summary>What a conversation came to, for people and for programs.</summary>
internal static class TalkReport
{
    private const string VoiceToVoice = "voice_to_voice";

    /// <summary>Order of the pipeline; a stage that the platform adds later comes after these.</summary>
    private static readonly string[] StageOrder = ["endpointing", "transcript_final", "first_token", "safety", "first_audio"];

    // Korean and accents stay readable; the object is printed to a terminal or a file, never into a page.
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// <c>{"session_id","agent","turns":[{"transcript","confidence","reply","latency_ms":{"&lt;stage&gt;":n,"voice_to_voice":n}}],
    /// "reply_audio_seconds","events":{"&lt;type&gt;":count}}</c>
    /// </summary>
    public static string Json(string agent, ConversationResult result)
    {
        var turns = new JsonArray();
        foreach (var turn in result.Turns)
        {
            turns.Add(new JsonObject
            {
                ["transcript"] = turn.Transcript,
                ["confidence"] = turn.Confidence is { } confidence ? Math.Round(confidence, 4) : null,
                ["reply"] = turn.Reply,
                ["latency_ms"] = Latencies(turn),
            });
        }

        var events = new JsonObject();
        foreach (var (type, count) in result.Events.OrderBy(e => e.Key, StringComparer.Ordinal))
        {
            events[type] = count;
        }

        return new JsonObject
        {
            ["session_id"] = result.SessionId,
            ["agent"] = agent,
            ["turns"] = turns,
            ["reply_audio_seconds"] = Math.Round(result.ReplyAudioSeconds, 3),
            ["events"] = events,
        }.ToJsonString(Readable);
    }

    public static string Text(ConversationResult result, string? replyFile)
    {
        var text = new StringBuilder();
        text.AppendLine();
        if (result.Turns.Count == 0)
        {
            text.AppendLine(result.Events.ContainsKey("input_audio_buffer.speech_started") ? "Nothing that was said was understood." : "No speech was heard.");
        }
        else
        {
            AppendTable(text, result.Turns);
        }

        var kept = replyFile is null ? "" : $", kept in {replyFile}";
        text.Append($"{result.Turns.Count} turn(s), {result.ReplyAudioSeconds:0.0} s of reply audio{kept}");
        return text.ToString();
    }

    private static JsonObject Latencies(ConversationTurn turn)
    {
        var latencies = new JsonObject();
        foreach (var stage in Stages([turn]))
        {
            latencies[stage] = Math.Round(turn.Stages[stage], 1);
        }

        if (turn.VoiceToVoice is { } voiceToVoice)
        {
            latencies[VoiceToVoice] = Math.Round(voiceToVoice, 1);
        }

        return latencies;
    }

    private static List<string> Stages(IReadOnlyList<ConversationTurn> turns) =>
        [.. turns.SelectMany(t => t.Stages.Keys).Distinct(StringComparer.Ordinal).OrderBy(Position).ThenBy(s => s, StringComparer.Ordinal)];

    private static int Position(string stage) => Array.IndexOf(StageOrder, stage) is >= 0 and var known ? known : StageOrder.Length;

    private static void AppendTable(StringBuilder text, IReadOnlyList<ConversationTurn> turns)
    {
        var columns = Stages(turns);
        text.Append("latency, ms".PadRight(12));
        text.AppendLine(string.Concat(columns.Append(VoiceToVoice).Select(c => c.PadLeft(Width(c)))));
        for (var i = 0; i < turns.Count; i++)
        {
            text.Append($"turn {i + 1}".PadRight(12));
            foreach (var column in columns)
            {
                text.Append(Cell(turns[i].Stages.TryGetValue(column, out var ms) ? ms : null, column));
            }

            text.AppendLine(Cell(turns[i].VoiceToVoice, VoiceToVoice));
        }
    }

    private static int Width(string column) => column.Length + 2;

    private static string Cell(double? ms, string column) => (ms is { } value ? $"{value:0}" : "-").PadLeft(Width(column));
}
