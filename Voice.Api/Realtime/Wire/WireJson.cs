using System.Text.Json;
using Voice.Core.Conversations;
using Voice.ServiceDefaults.Live;

namespace Voice.Api.Realtime.Wire;

/// <summary>Parts of server events. Each writes whole fields and gives the writer back.</summary>
internal static class WireJson
{
    public static Utf8JsonWriter String(this Utf8JsonWriter json, string name, string? value)
    {
        json.WriteString(name, value);
        return json;
    }

    public static Utf8JsonWriter Number(this Utf8JsonWriter json, string name, double value)
    {
        json.WriteNumber(name, value);
        return json;
    }

    public static Utf8JsonWriter Milliseconds(this Utf8JsonWriter json, string name, TimeSpan value)
    {
        json.WriteNumber(name, (long)value.TotalMilliseconds);
        return json;
    }

    public static Utf8JsonWriter Item(this Utf8JsonWriter json, string name, ConversationItem item)
    {
        json.WritePropertyName(name);
        ItemJson.Write(json, item);
        return json;
    }

    public static Utf8JsonWriter ContentPart(this Utf8JsonWriter json, bool audio, string text)
    {
        json.WriteStartObject("part");
        json.String("type", audio ? "audio" : "text").String(audio ? "transcript" : "text", text);
        json.WriteEndObject();
        return json;
    }

    public static Utf8JsonWriter Response(this Utf8JsonWriter json, string name, ResponseState response, SessionState session)
    {
        json.WriteStartObject(name);
        json.String("id", response.Id).String("object", "realtime.response").String("status", Name(response.Status));
        StatusDetails(json, response);
        json.WriteStartArray("output");
        foreach (var item in response.Output)
        {
            ItemJson.Write(json, item);
        }

        json.WriteEndArray();
        json.String("conversation_id", response.OutOfBand ? null : ConversationId(session));
        Modalities(json, response.Audio);
        MaxOutputTokens(json, response.MaxOutputTokens);
        json.WriteStartObject("audio");
        json.WriteStartObject("output");
        AudioFormatJson.Write(json, session.OutputFormat);
        json.String("voice", response.Voice);
        json.WriteEndObject();
        json.WriteEndObject();
        Usage(json, response);
        Metadata(json, response.Metadata);
        json.WriteEndObject();
        return json;
    }

    public static Utf8JsonWriter Latency(this Utf8JsonWriter json, ConversationEvent.Latency latency)
    {
        json.String("turn_id", latency.TurnId).String("response_id", latency.ResponseId).Milliseconds("speech_end_ms", latency.SpeechEnd);
        Stages(json, "stages", latency.Milliseconds.Where(stage => stage.Key != Core.Conversations.Stages.VoiceToVoice));
        return json.Number("voice_to_voice", latency.Milliseconds.GetValueOrDefault(Core.Conversations.Stages.VoiceToVoice));
    }

    public static Utf8JsonWriter Turn(this Utf8JsonWriter json, TurnSummary turn)
    {
        json.String("turn_id", turn.Id).String("item_id", turn.ItemId).Number("sequence", turn.Sequence).String("transcript", turn.Transcript);
        if (turn.Confidence is { } confidence)
        {
            json.WriteNumber("confidence", Math.Round(confidence, 4));
        }
        else
        {
            json.WriteNull("confidence");
        }

        json.String("reply", turn.Reply);
        Stages(json, "latency_ms", turn.LatencyMs);
        json.WriteStartObject("speculation");
        json.Number("started", turn.Speculated.Started).WriteBoolean("used", turn.Speculated.Used);
        json.WriteEndObject();
        return json;
    }

    public static Utf8JsonWriter Intervention(this Utf8JsonWriter json, LiveIntervention intervention)
    {
        json.WriteStartObject("intervention");
        json.String("id", intervention.Id).String("session_id", intervention.SessionId).String("turn_id", intervention.TurnId)
            .String("category", intervention.Category).String("severity", intervention.Severity).String("language", intervention.Language)
            .String("message", intervention.Message);
        json.WriteStartArray("resources");
        foreach (var resource in intervention.Resources)
        {
            json.WriteStartObject();
            json.String("name", resource.Name).String("contact", resource.Contact).String("url", resource.Url);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("occurred_at", intervention.OccurredAt);
        json.WriteEndObject();
        return json;
    }

    public static Utf8JsonWriter Session(this Utf8JsonWriter json, string name, SessionState session)
    {
        json.WritePropertyName(name);
        SessionJson.Write(json, session);
        return json;
    }

    internal static void Modalities(Utf8JsonWriter json, bool audio)
    {
        json.WriteStartArray("output_modalities");
        json.WriteStringValue(audio ? "audio" : "text");
        json.WriteEndArray();
    }

    internal static void MaxOutputTokens(Utf8JsonWriter json, int? limit)
    {
        if (limit is { } tokens)
        {
            json.Number("max_output_tokens", tokens);
        }
        else
        {
            json.String("max_output_tokens", "inf");
        }
    }

    internal static string ConversationId(SessionState session) => "conv_" + session.Id[(session.Id.IndexOf('_') + 1)..];

    private static void StatusDetails(Utf8JsonWriter json, ResponseState response)
    {
        if (response.End is not { } end)
        {
            json.WriteNull("status_details");
            return;
        }

        json.WriteStartObject("status_details");
        json.String("type", Name(response.Status));
        if (end.Reason is not null)
        {
            json.String("reason", end.Reason);
        }

        if (end.ErrorCode is not null)
        {
            json.WriteStartObject("error");
            json.String("type", "server_error").String("code", end.ErrorCode).String("message", end.Message);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Usage(Utf8JsonWriter json, ResponseState response)
    {
        if (response.Status == ResponseStatus.InProgress)
        {
            json.WriteNull("usage");
            return;
        }

        var (input, text, audio) = (response.Usage.InputTextTokens, response.Usage.OutputTextTokens, response.Usage.OutputAudioTokens);
        json.WriteStartObject("usage");
        json.Number("total_tokens", input + text + audio).Number("input_tokens", input).Number("output_tokens", text + audio);
        json.WriteStartObject("input_token_details");
        json.Number("text_tokens", input).Number("audio_tokens", 0).Number("image_tokens", 0).Number("cached_tokens", response.Usage.CachedInputTokens);
        json.WriteStartObject("cached_tokens_details");
        json.Number("text_tokens", response.Usage.CachedInputTokens).Number("audio_tokens", 0).Number("image_tokens", 0);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject("output_token_details");
        json.Number("text_tokens", text).Number("audio_tokens", audio);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Metadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string>? metadata)
    {
        if (metadata is null)
        {
            json.WriteNull("metadata");
            return;
        }

        json.WriteStartObject("metadata");
        foreach (var (key, value) in metadata)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }

    private static void Stages(Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, double>> stages)
    {
        json.WriteStartObject(name);
        foreach (var (stage, milliseconds) in stages)
        {
            json.WriteNumber(stage, milliseconds);
        }

        json.WriteEndObject();
    }

    private static string Name(ResponseStatus status) => status switch
    {
        ResponseStatus.InProgress => "in_progress",
        ResponseStatus.Completed => "completed",
        ResponseStatus.Cancelled => "cancelled",
        ResponseStatus.Failed => "failed",
        _ => "incomplete",
    };
}
