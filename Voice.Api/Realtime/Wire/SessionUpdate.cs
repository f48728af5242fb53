using System.Text.Json;
using Voice.Core.Turns;

namespace Voice.Api.Realtime.Wire;

/// <summary>
/// <c>session.update</c>: only the fields that are present change, and either all of them do or none. What cannot be done here is
/// refused by name instead of being ignored.
/// </summary>
internal static class SessionUpdate
{
    public static SessionState Apply(SessionState state, JsonElement session)
    {
        var fields = new JsonFields(session, "session");
        RequireRealtime(fields.String("type"));
        // A session keeps its agent; clients that name the model they know about mean no harm.
        fields.String("model");
        state = fields.Take("instructions", out var instructions)
            ? state with { Instructions = instructions.ValueKind == JsonValueKind.String ? instructions.GetString() : throw fields.Invalid("instructions", "must be a string") }
            : state;
        if (fields.Take("output_modalities", out var modalities))
        {
            state = state with { Audio = OutputModality(modalities, fields) };
        }

        state = fields.Take("tracing", out var tracing) ? state with { Tracing = tracing.Clone() } : state;
        state = fields.Take("truncation", out var truncation) ? state with { Truncation = truncation.Clone() } : state;
        Unsupported.Check(fields);
        if (fields.Take("audio", out var audio))
        {
            var parts = new JsonFields(audio, fields.Path("audio"));
            state = parts.Take("input", out var input) ? Input(state, new JsonFields(input, parts.Path("input"))) : state;
            state = parts.Take("output", out var output) ? Output(state, new JsonFields(output, parts.Path("output"))) : state;
            parts.End();
        }

        fields.End();
        return state;
    }

    public static bool OutputModality(JsonElement modalities, JsonFields fields) =>
        modalities is { ValueKind: JsonValueKind.Array } && modalities.GetArrayLength() == 1 && modalities[0].ValueKind == JsonValueKind.String
            ? modalities[0].GetString() switch
            {
                "audio" => true,
                "text" => false,
                _ => throw fields.Invalid("output_modalities", """must be ["audio"] or ["text"]"""),
            }
            : throw fields.Invalid("output_modalities", """must be ["audio"] or ["text"], not both""");

    public static string? Voice(JsonElement voice, JsonFields fields) => voice.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => voice.GetString(),
        JsonValueKind.Object when voice.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String => id.GetString(),
        _ => throw fields.Invalid("voice", "must be a string or an object with an id"),
    };

    private static void RequireRealtime(string? type)
    {
        if (type is null)
        {
            throw new ProtocolException("missing_required_parameter", "Missing required parameter: 'session.type'; it is \"realtime\".", "session.type");
        }

        if (type != "realtime")
        {
            throw new ProtocolException(
                type == "transcription" ? "not_supported" : "invalid_value",
                type == "transcription" ? "Transcription sessions are not supported yet; session.type is \"realtime\"." : "session.type must be \"realtime\".", "session.type");
        }
    }

    private static SessionState Input(SessionState state, JsonFields fields)
    {
        state = fields.Take("format", out var format) ? state with { InputRate = Rate(format, fields) } : state;
        if (fields.Take("noise_reduction", out var reduction) && reduction.ValueKind != JsonValueKind.Null)
        {
            throw fields.NotSupported("noise_reduction", "send null");
        }

        if (fields.Take("transcription", out var transcription))
        {
            state = state with { Transcription = transcription.ValueKind != JsonValueKind.Null };
            if (transcription is { ValueKind: JsonValueKind.Object } && transcription.TryGetProperty("language", out var language)
                && language.ValueKind == JsonValueKind.String && !SameLanguage(language.GetString()!, state.Agent.Language))
            {
                throw fields.Invalid("transcription.language", $"is the agent's: \"{state.Agent.Language}\"");
            }
        }

        state = fields.Take("turn_detection", out var detection) ? WithTurnDetection(state, detection, fields) : state;
        fields.End();
        return state;
    }

    private static SessionState Output(SessionState state, JsonFields fields)
    {
        state = fields.Take("format", out var format) ? state with { OutputRate = Rate(format, fields) } : state;
        state = fields.Take("voice", out var voice) ? state with { Voice = Voice(voice, fields) } : state;
        if (fields.Take("speed", out var speed))
        {
            state = state with { Speed = speed.ValueKind == JsonValueKind.Number && speed.GetDouble() is >= 0.25 and <= 1.5 and var value ? value : throw fields.Invalid("speed", "must be between 0.25 and 1.5") };
        }

        fields.End();
        return state;
    }

    private static int Rate(JsonElement format, JsonFields parent)
    {
        if (format.ValueKind != JsonValueKind.Object)
        {
            throw parent.Invalid("format", """must be an object such as {"type":"audio/pcm","rate":24000}""");
        }

        var fields = new JsonFields(format, parent.Path("format"));
        var type = fields.String("type");
        if (type is "audio/pcmu" or "audio/pcma")
        {
            throw new ProtocolException("unsupported_audio_format", $"{type} is not supported yet; use audio/pcm.", fields.Path("type"));
        }

        if (type != "audio/pcm")
        {
            throw new ProtocolException("unsupported_audio_format", "The audio format must be audio/pcm: 16-bit little-endian mono PCM.", fields.Path("type"));
        }

        var rate = fields.Take("rate", out var value) ? value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var hertz) ? hertz : 0 : 24_000;
        if (rate is not (8_000 or 16_000 or 24_000 or 48_000))
        {
            throw new ProtocolException("unsupported_audio_format", "The sample rate of audio/pcm must be 24000, or 8000, 16000 or 48000.", fields.Path("rate"));
        }

        fields.End();
        return rate;
    }

    private static SessionState WithTurnDetection(SessionState state, JsonElement detection, JsonFields parent)
    {
        if (detection.ValueKind == JsonValueKind.Null)
        {
            return state with { TurnDetection = null, Eagerness = null };
        }

        var fields = new JsonFields(detection, parent.Path("turn_detection"));
        var type = fields.String("type");
        var turns = new TurnDetection();
        string? eagerness = null;
        if (type == "semantic_vad")
        {
            eagerness = fields.String("eagerness") ?? "auto";
            turns = turns with
            {
                Eagerness = eagerness switch
                {
                    "auto" => TurnEagerness.Auto,
                    "low" => TurnEagerness.Low,
                    "medium" => TurnEagerness.Medium,
                    "high" => TurnEagerness.High,
                    _ => throw fields.Invalid("eagerness", "must be low, medium, high or auto"),
                },
            };
        }
        else if (type == "server_vad")
        {
            turns = turns with
            {
                Threshold = (float)(fields.Number("threshold", 0, 1) ?? turns.Threshold),
                PrefixPadding = fields.Milliseconds("prefix_padding_ms", 0, (int)TurnDetection.MaxPrefixPadding.TotalMilliseconds) ?? turns.PrefixPadding,
                SilenceDuration = fields.Milliseconds("silence_duration_ms", 100, 10_000) ?? turns.SilenceDuration,
            };
            if (fields.Take("idle_timeout_ms", out var idle) && idle.ValueKind != JsonValueKind.Null)
            {
                throw fields.NotSupported("idle_timeout_ms", "send null");
            }
        }
        else
        {
            throw fields.Invalid("type", "must be server_vad or semantic_vad");
        }

        turns = turns with { CreateResponse = fields.Boolean("create_response") ?? true, InterruptResponse = fields.Boolean("interrupt_response") ?? true };
        fields.End();
        return state with { TurnDetection = turns, Eagerness = eagerness };
    }

    private static bool SameLanguage(string a, string b) => a.Split('-')[0].Equals(b.Split('-')[0], StringComparison.OrdinalIgnoreCase);
}
