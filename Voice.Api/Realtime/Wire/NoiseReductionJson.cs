using System.Text.Json;

namespace Voice.Api.Realtime.Wire;

/// <summary><c>noise_reduction</c>: null, or <c>{"type":"near_field"}</c> and <c>far_field</c>, with a <c>strength</c> of 0 to 1.</summary>
internal static class NoiseReductionJson
{
    public static NoiseReduction? Read(JsonElement reduction, JsonFields parent)
    {
        if (reduction.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        var fields = new JsonFields(reduction, parent.Path("noise_reduction"));
        var type = fields.RequiredString("type");
        var strength = fields.Number("strength", 0, 1);
        fields.End();
        return type is "near_field" or "far_field"
            ? new NoiseReduction(type, strength)
            : throw fields.Invalid("type", "must be near_field or far_field");
    }

    public static void Write(Utf8JsonWriter json, NoiseReduction? reduction)
    {
        if (reduction is null)
        {
            json.WriteNull("noise_reduction");
            return;
        }

        json.WriteStartObject("noise_reduction");
        json.String("type", reduction.Type);
        if (reduction.Strength is { } strength)
        {
            json.Number("strength", strength);
        }

        json.WriteEndObject();
    }
}
