using System.Text.Json;

namespace Voice.Api.Realtime.Wire;

/// <summary><c>{"type":"audio/pcm","rate":24000}</c>, <c>{"type":"audio/pcmu"}</c> or <c>{"type":"audio/pcma"}</c>.</summary>
internal static class AudioFormatJson
{
    public static AudioFormat Read(JsonElement format, JsonFields parent)
    {
        if (format.ValueKind != JsonValueKind.Object)
        {
            throw parent.Invalid("format", """must be an object such as {"type":"audio/pcm","rate":24000}""");
        }

        var fields = new JsonFields(format, parent.Path("format"));
        var type = fields.String("type");
        int? rate = fields.Take("rate", out var value) ? value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var hertz) ? hertz : 0 : null;
        fields.End();
        return type switch
        {
            "audio/pcm" => rate switch
            {
                null => AudioFormat.Default,
                8_000 or 16_000 or 24_000 or 48_000 => new AudioFormat(AudioEncoding.Pcm, rate.Value),
                _ => throw Unsupported("The sample rate of audio/pcm must be 24000, or 8000, 16000 or 48000.", "rate"),
            },
            "audio/pcmu" or "audio/pcma" when rate is not (null or 8_000) => throw Unsupported($"The sample rate of {type} is 8000.", "rate"),
            "audio/pcmu" => AudioFormat.MuLaw,
            "audio/pcma" => AudioFormat.ALaw,
            _ => throw Unsupported("The audio format must be audio/pcm (16-bit little-endian mono), audio/pcmu or audio/pcma.", "type"),
        };

        ProtocolException Unsupported(string message, string field) => new("unsupported_audio_format", message, fields.Path(field));
    }

    public static void Write(Utf8JsonWriter json, AudioFormat format)
    {
        json.WriteStartObject("format");
        json.String("type", format.Type);
        if (format.Encoding == AudioEncoding.Pcm)
        {
            json.Number("rate", format.Rate);
        }

        json.WriteEndObject();
    }
}
