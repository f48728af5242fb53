using System.Text.Json;

namespace Voice.Api.Realtime.Wire;

/// <summary>The full effective configuration of a session.</summary>
internal static class SessionJson
{
    public static void Write(Utf8JsonWriter json, SessionState session)
    {
        json.WriteStartObject();
        json.String("type", "realtime").String("object", "realtime.session").String("id", session.Id).String("model", session.Agent.Id);
        json.String("instructions", session.Instructions ?? session.Agent.Instructions);
        WireJson.Modalities(json, session.Audio);
        ToolsJson.Write(json, session.Tools, session.ToolChoice);
        json.WriteBoolean("parallel_tool_calls", session.ParallelToolCalls);
        WireJson.MaxOutputTokens(json, session.MaxOutputTokens);
        Echo(json, "tracing", session.Tracing);
        if (session.Truncation is null)
        {
            json.String("truncation", "auto");
        }
        else
        {
            Echo(json, "truncation", session.Truncation);
        }

        if (session.Reasoning is not null)
        {
            Echo(json, "reasoning", session.Reasoning);
        }

        json.WriteNull("prompt");
        json.WriteNull("include");
        json.WriteNumber("expires_at", session.ExpiresAt.ToUnixTimeSeconds());
        json.WriteStartObject("audio");
        Input(json, session);
        json.WriteStartObject("output");
        AudioFormatJson.Write(json, session.OutputFormat);
        json.String("voice", session.Voice ?? session.Agent.Voice).Number("speed", session.Speed);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject("voiceaspire");
        json.String("agent", session.Agent.Name).String("mode", session.Agent.Mode).String("language", session.Agent.Language)
            .String("target_language", session.Agent.TargetLanguage);
        json.WriteBoolean("binary_audio", session.BinaryAudio);
        if (session.Resume is { } resume)
        {
            json.String("resume_token", resume.Token).Number("resume_limit_ms", (long)resume.Limit.TotalMilliseconds);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Input(Utf8JsonWriter json, SessionState session)
    {
        json.WriteStartObject("input");
        AudioFormatJson.Write(json, session.InputFormat);
        NoiseReductionJson.Write(json, session.NoiseReduction);
        if (session.Transcription)
        {
            json.WriteStartObject("transcription");
            json.String("model", session.Agent.Models.Transcription ?? "default").String("language", session.Agent.Language);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("transcription");
        }

        TurnDetectionJson.Write(json, session.TurnDetection, answers: true);
        json.WriteEndObject();
    }

    private static void Echo(Utf8JsonWriter json, string name, JsonElement? value)
    {
        json.WritePropertyName(name);
        if (value is { } element)
        {
            element.WriteTo(json);
        }
        else
        {
            json.WriteNullValue();
        }
    }
}
