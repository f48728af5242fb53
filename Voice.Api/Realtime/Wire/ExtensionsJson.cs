using System.Text.Json;
using Voice.Core.Conversations;
using Voice.Core.Turns;

namespace Voice.Api.Realtime.Wire;

/// <summary>What a session has beyond OpenAI's: <c>session.voiceaspire</c>. An agent may hold the part that is about its conversations.</summary>
internal static class ExtensionsJson
{
    public static SessionState Read(SessionState state, JsonFields fields)
    {
        state = fields.Boolean("binary_audio") is { } binary ? state with { BinaryAudio = binary } : state;
        state = Conversation(state, fields, state.Type == SessionState.Speaking ? Defaults(state) : null);
        fields.End();
        return state;
    }

    /// <summary>How the sessions of an agent begin.</summary>
    public static SessionState Begin(SessionState state)
    {
        if (state.Agent.Conversation is not { ValueKind: JsonValueKind.Object } held)
        {
            return state;
        }

        var fields = new JsonFields(held, "agent.conversation");
        state = Conversation(state, fields, state);
        fields.End();
        return state;
    }

    public static void Write(Utf8JsonWriter json, SessionState session)
    {
        json.WriteStartObject("voiceaspire");
        json.String("agent", session.Agent.Name).String("mode", session.Agent.Mode).String("language", session.Agent.Language)
            .String("target_language", session.Agent.TargetLanguage);
        json.WriteBoolean("binary_audio", session.BinaryAudio);
        json.WriteBoolean("speculation", session.Speculation);
        if (session.Type == SessionState.Speaking)
        {
            json.Number("speculation_limit", session.SpeculationLimit);
            json.WriteStartObject("interruption");
            Policy(json, "while_speaking", session.Interruption.WhileSpeaking);
            json.WriteBoolean("resume", session.Interruption.WhileSpeaking.Resume);
            json.WriteEndObject();
            Policy(json, "while_thinking", session.Interruption.WhileThinking);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        if (session.Resume is { } resume)
        {
            json.String("resume_token", resume.Token).Number("resume_limit_ms", (long)resume.Limit.TotalMilliseconds);
        }

        json.WriteEndObject();
    }

    /// <param name="defaults">What null brings back; null where there are no replies.</param>
    private static SessionState Conversation(SessionState state, JsonFields fields, SessionState? defaults)
    {
        state = fields.Boolean("speculation") is { } speculation ? state with { Speculation = speculation } : state;
        if (defaults is null)
        {
            return state;
        }

        if (fields.Take("speculation_limit", out var limit))
        {
            state = state with
            {
                SpeculationLimit = limit.ValueKind == JsonValueKind.Null ? defaults.SpeculationLimit
                    : fields.Number("speculation_limit", 1, ConversationSettings.HighestSpeculationLimit)!.Value,
            };
        }

        return fields.Take("interruption", out var interruption) ? state with { Interruption = Interruption(interruption, fields, state, defaults) } : state;
    }

    private static SessionState Defaults(SessionState state) => Begin(new SessionState(state.Id, state.Agent, state.ExpiresAt));

    private static Interruption Interruption(JsonElement element, JsonFields parent, SessionState state, SessionState defaults)
    {
        if (element.ValueKind == JsonValueKind.Null)
        {
            return defaults.Interruption;
        }

        var fields = new JsonFields(element, parent.Path("interruption"));
        var next = new Interruption(
            Policy(fields, "while_speaking", state.Interruption.WhileSpeaking, defaults.Interruption.WhileSpeaking, resumes: true),
            Policy(fields, "while_thinking", state.Interruption.WhileThinking, defaults.Interruption.WhileThinking, resumes: false));
        fields.End();
        return next;
    }

    /// <param name="resumes">There is something to go on with: of a reply that is still thought of nothing was heard.</param>
    private static InterruptionPolicy Policy(JsonFields parent, string name, InterruptionPolicy now, InterruptionPolicy byDefault, bool resumes)
    {
        if (!parent.Take(name, out var element) || element.ValueKind == JsonValueKind.Null)
        {
            return element.ValueKind == JsonValueKind.Null ? byDefault : now;
        }

        var fields = new JsonFields(element, parent.Path(name));
        now = fields.Take("minimum_voice_ms", out _) ? now with { MinimumVoice = fields.Milliseconds("minimum_voice_ms", 100, 10_000) } : now;
        now = fields.Boolean("on_words") is { } words ? now with { OnWords = words } : now;
        now = resumes && fields.Boolean("resume") is { } resume ? now with { Resume = resume } : now;
        fields.End();
        return now;
    }

    /// <summary>Without its end: more may follow.</summary>
    private static void Policy(Utf8JsonWriter json, string name, InterruptionPolicy policy)
    {
        json.WriteStartObject(name);
        if (policy.MinimumVoice is { } voice)
        {
            json.Milliseconds("minimum_voice_ms", voice);
        }
        else
        {
            json.WriteNull("minimum_voice_ms");
        }

        json.WriteBoolean("on_words", policy.OnWords);
    }
}
