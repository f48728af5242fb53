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
        json.WriteStartArray("tools");
        json.WriteEndArray();
        json.String("tool_choice", "auto").String("max_output_tokens", "inf");
        Echo(json, "tracing", session.Tracing);
        if (session.Truncation is null)
        {
            json.String("truncation", "auto");
        }
        else
        {
            Echo(json, "truncation", session.Truncation);
        }

        json.WriteNull("prompt");
        json.WriteNull("include");
        json.WriteNumber("expires_at", session.ExpiresAt.ToUnixTimeSeconds());
        json.WriteStartObject("audio");
        Input(json, session);
        json.WriteStartObject("output");
        Format(json, session.OutputRate);
        json.String("voice", session.Voice ?? session.Agent.Voice).Number("speed", session.Speed);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject("voiceaspire");
        json.String("agent", session.Agent.Name).String("mode", session.Agent.Mode).String("language", session.Agent.Language)
            .String("target_language", session.Agent.TargetLanguage);
        if (session.Resume is { } resume)
        {
            json.String("resume_token", resume.Token).Number("resume_limit_ms", (long)resume.Limit.TotalMilliseconds);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static void Format(Utf8JsonWriter json, int rate)
    {
        json.WriteStartObject("format");
        json.String("type", "audio/pcm").Number("rate", rate);
        json.WriteEndObject();
    }

    private static void Input(Utf8JsonWriter json, SessionState session)
    {
        json.WriteStartObject("input");
        Format(json, session.InputRate);
        json.WriteNull("noise_reduction");
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

        if (session.TurnDetection is not { } turns)
        {
            json.WriteNull("turn_detection");
        }
        else
        {
            json.WriteStartObject("turn_detection");
            if (session.Eagerness is { } eagerness)
            {
                json.String("type", "semantic_vad").String("eagerness", eagerness);
            }
            else
            {
                json.String("type", "server_vad").Number("threshold", Math.Round(turns.Threshold, 3))
                    .Milliseconds("prefix_padding_ms", turns.PrefixPadding).Milliseconds("silence_duration_ms", turns.SilenceDuration);
                json.WriteNull("idle_timeout_ms");
            }

            json.WriteBoolean("create_response", turns.CreateResponse);
            json.WriteBoolean("interrupt_response", turns.InterruptResponse);
            json.WriteEndObject();
        }

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
