using System.Text.Json;

namespace Voice.Api.Realtime.Wire;

/// <summary>The full effective configuration of a session.</summary>
internal static class SessionJson
{
    public static void Write(Utf8JsonWriter json, SessionState session)
    {
        if (session.Type == SessionState.Transcribing)
        {
            WriteTranscription(json, session);
            return;
        }

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
        ExtensionsJson.Write(json, session);
        json.WriteEndObject();
    }

    private static void WriteTranscription(Utf8JsonWriter json, SessionState session)
    {
        json.WriteStartObject();
        json.String("type", session.Type).String("object", "realtime.transcription_session").String("id", session.Id);
        json.WriteNumber("expires_at", session.ExpiresAt.ToUnixTimeSeconds());
        json.WriteNull("include");
        json.WriteStartObject("audio");
        Input(json, session);
        json.WriteEndObject();
        ExtensionsJson.Write(json, session);
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
            json.String("model", session.Agent.Models.Transcription ?? "default").String("language", session.Language ?? session.Agent.Language);
            if (session.Type == SessionState.Transcribing)
            {
                json.String("prompt", session.Prompt ?? string.Empty);
            }

            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("transcription");
        }

        TurnDetectionJson.Write(json, session.TurnDetection, answers: session.Type == SessionState.Speaking);
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
