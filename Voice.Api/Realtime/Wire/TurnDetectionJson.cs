using System.Text.Json;
using Voice.Core.Turns;

namespace Voice.Api.Realtime.Wire;

/// <summary><c>turn_detection</c>: null, <c>server_vad</c> or <c>semantic_vad</c>.</summary>
internal static class TurnDetectionJson
{
    /// <param name="answers">The session has replies to create and to interrupt.</param>
    public static TurnDetection? Read(JsonElement detection, JsonFields parent, bool answers)
    {
        if (detection.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        var fields = new JsonFields(detection, parent.Path("turn_detection"));
        var turns = fields.String("type") switch
        {
            "semantic_vad" => new TurnDetection
            {
                Eagerness = fields.String("eagerness") switch
                {
                    null or "auto" => TurnEagerness.Auto,
                    "low" => TurnEagerness.Low,
                    "medium" => TurnEagerness.Medium,
                    "high" => TurnEagerness.High,
                    _ => throw fields.Invalid("eagerness", "must be low, medium, high or auto"),
                },
            },
            "server_vad" => ServerVad(fields),
            _ => throw fields.Invalid("type", "must be server_vad or semantic_vad"),
        };
        var (create, interrupt) = (fields.Boolean("create_response"), fields.Boolean("interrupt_response"));
        fields.End();
        return turns with { CreateResponse = answers && (create ?? true), InterruptResponse = answers && (interrupt ?? true) };
    }

    public static void Write(Utf8JsonWriter json, TurnDetection? detection, bool answers)
    {
        if (detection is not { } turns)
        {
            json.WriteNull("turn_detection");
            return;
        }

        json.WriteStartObject("turn_detection");
        if (turns.Eagerness is { } eagerness)
        {
            json.String("type", "semantic_vad").String("eagerness", Name(eagerness));
        }
        else
        {
            json.String("type", "server_vad").Number("threshold", Math.Round(turns.Threshold, 3))
                .Milliseconds("prefix_padding_ms", turns.PrefixPadding).Milliseconds("silence_duration_ms", turns.SilenceDuration);
            if (turns.IdleTimeout is { } idle)
            {
                json.Milliseconds("idle_timeout_ms", idle);
            }
            else
            {
                json.WriteNull("idle_timeout_ms");
            }
        }

        if (answers)
        {
            json.WriteBoolean("create_response", turns.CreateResponse);
            json.WriteBoolean("interrupt_response", turns.InterruptResponse);
        }

        json.WriteEndObject();
    }

    private static TurnDetection ServerVad(JsonFields fields)
    {
        var turns = new TurnDetection();
        return turns with
        {
            Threshold = (float)(fields.Number("threshold", 0, 1) ?? turns.Threshold),
            PrefixPadding = fields.Milliseconds("prefix_padding_ms", 0, (int)TurnDetection.MaxPrefixPadding.TotalMilliseconds) ?? turns.PrefixPadding,
            SilenceDuration = fields.Milliseconds("silence_duration_ms", 100, 10_000) ?? turns.SilenceDuration,
            IdleTimeout = fields.Milliseconds("idle_timeout_ms", 5_000, 30_000),
        };
    }

    private static string Name(TurnEagerness eagerness) => eagerness switch
    {
        TurnEagerness.Low => "low",
        TurnEagerness.Medium => "medium",
        TurnEagerness.High => "high",
        _ => "auto",
    };
}
