using System.Text.Json;
using Voice.Core.Conversations;
using Voice.Core.Tools;

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
        RequireType(fields, state.Type);
        return state.Type == SessionState.Transcribing ? End(TranscriptionUpdate.Apply(state, fields), fields) : End(Realtime(state, fields), fields);
    }

    private static SessionState Realtime(SessionState state, JsonFields fields)
    {
        // A session keeps its agent; clients that name the model they know about mean no harm.
        fields.String("model");
        state = fields.Take("instructions", out var instructions)
            ? state with { Instructions = instructions.ValueKind == JsonValueKind.String ? instructions.GetString() : throw fields.Invalid("instructions", "must be a string") }
            : state;
        if (fields.Take("output_modalities", out var modalities))
        {
            state = state with { Audio = OutputModality(modalities, fields) };
        }

        state = fields.Take("tracing", out var tracing) ? state with { Tracing = PassedThrough.Tracing(tracing, fields) } : state;
        state = fields.Take("truncation", out var truncation) ? state with { Truncation = PassedThrough.Truncation(truncation, fields) } : state;
        state = fields.Take("reasoning", out var reasoning) ? state with { Reasoning = PassedThrough.Reasoning(reasoning, fields) } : state;
        state = Tools(state, fields);
        Unsupported.Check(fields);
        if (fields.Take("audio", out var audio))
        {
            var parts = new JsonFields(audio, fields.Path("audio"));
            state = parts.Take("input", out var input) ? Input(state, new JsonFields(input, parts.Path("input"))) : state;
            state = parts.Take("output", out var output) ? Output(state, new JsonFields(output, parts.Path("output"))) : state;
            parts.End();
        }

        return state;
    }

    private static SessionState End(SessionState state, JsonFields fields)
    {
        state = fields.Take("voiceaspire", out var own) ? ExtensionsJson.Read(state, new JsonFields(own, fields.Path("voiceaspire"))) : state;
        fields.End();
        return state;
    }

    private static SessionState Tools(SessionState state, JsonFields fields)
    {
        state = ToolsJson.Read(fields, state.Agent.Tools.Select(tool => tool.Name)) is { } tools ? state with { Tools = tools } : state;
        state = ToolsJson.ReadChoice(fields) is { } choice ? state with { ToolChoice = choice } : state;
        state = fields.Boolean("parallel_tool_calls") is { } parallel ? state with { ParallelToolCalls = parallel } : state;
        if (ResponseRequestJson.Limit(fields) is { } limit)
        {
            state = state with { MaxOutputTokens = limit == ResponseRequest.Unlimited ? null : limit };
        }

        if (state.ToolChoice is { Kind: ToolChoiceKind.Function, Name: { } name }
            && !state.Tools.Select(tool => tool.Name).Concat(state.Agent.Tools.Select(tool => tool.Name)).Contains(name))
        {
            throw fields.Invalid("tool_choice", $"names '{name}', which is not among the tools");
        }

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

    private static void RequireType(JsonFields fields, string type)
    {
        var given = fields.String("type")
            ?? throw new ProtocolException("missing_required_parameter", $"Missing required parameter: 'session.type'; it is \"{type}\".", "session.type");
        if (given != type)
        {
            throw given is SessionState.Speaking or SessionState.Transcribing
                ? fields.Invalid("type", $"cannot change: this session is \"{type}\" since it was connected (intent=transcription, or an agent)")
                : fields.Invalid("type", $"must be \"{type}\"");
        }
    }

    private static SessionState Input(SessionState state, JsonFields fields)
    {
        state = fields.Take("format", out var format) ? state with { InputFormat = AudioFormatJson.Read(format, fields) } : state;
        state = fields.Take("noise_reduction", out var reduction) ? state with { NoiseReduction = NoiseReductionJson.Read(reduction, fields) } : state;
        if (fields.Take("transcription", out var transcription))
        {
            state = state with { Transcription = transcription.ValueKind != JsonValueKind.Null };
            if (transcription is { ValueKind: JsonValueKind.Object } && transcription.TryGetProperty("language", out var language)
                && language.ValueKind == JsonValueKind.String && !SameLanguage(language.GetString()!, state.Agent.Language))
            {
                throw fields.Invalid("transcription.language", $"is the agent's: \"{state.Agent.Language}\"");
            }
        }

        state = fields.Take("turn_detection", out var detection)
            ? state with { TurnDetection = TurnDetectionJson.Read(detection, fields, answers: true) }
            : state;
        fields.End();
        return state;
    }

    private static SessionState Output(SessionState state, JsonFields fields)
    {
        state = fields.Take("format", out var format) ? state with { OutputFormat = AudioFormatJson.Read(format, fields) } : state;
        state = fields.Take("voice", out var voice) ? WithVoice(state, Voice(voice, fields), fields) : state;
        if (fields.Take("speed", out var speed))
        {
            state = state with { Speed = speed.ValueKind == JsonValueKind.Number && speed.GetDouble() is >= 0.25 and <= 1.5 and var value ? value : throw fields.Invalid("speed", "must be between 0.25 and 1.5") };
        }

        fields.End();
        return state;
    }

    private static SessionState WithVoice(SessionState state, string? voice, JsonFields fields)
    {
        var before = state.Voice ?? state.Agent.Voice;
        return !state.HasSpoken || (voice ?? state.Agent.Voice) == before
            ? state with { Voice = voice }
            : throw new ProtocolException("cannot_update_voice", "The voice cannot change any more: the assistant has spoken with it.", fields.Path("voice"));
    }

    private static bool SameLanguage(string a, string b) => a.Split('-')[0].Equals(b.Split('-')[0], StringComparison.OrdinalIgnoreCase);
}
