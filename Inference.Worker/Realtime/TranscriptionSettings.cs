using System.Text.Json;
using Voice.Core.Audio;

namespace Voice.Inference.Realtime;

/// <summary>What <c>session.update</c> may set. A missing part keeps its value.</summary>
internal sealed record TranscriptionSettings(int SampleRate, string? Model, string Language, string? Prompt)
{
    /// <summary>OpenAI's own format.</summary>
    public static readonly TranscriptionSettings Default = new(24_000, null, "en", null);

    private static readonly int[] Rates = [8_000, 16_000, 24_000, 48_000];

    /// <summary>The settings after an update, or what is wrong with it.</summary>
    public (TranscriptionSettings? Settings, string? Problem, string? Param) With(JsonElement session)
    {
        if (session.ValueKind != JsonValueKind.Object)
        {
            return (null, "'session' must be an object.", "session");
        }

        if (Find(session, "type") is { } type && (type.ValueKind != JsonValueKind.String || type.GetString() != "transcription"))
        {
            return (null, "'session.type' must be transcription on this connection.", "session.type");
        }

        if (Find(session, "audio", "input") is not { ValueKind: JsonValueKind.Object } input)
        {
            return (this, null, null);
        }

        var next = this;
        if (Find(input, "format") is { ValueKind: not JsonValueKind.Null } format)
        {
            if (Text(format, "type") is not (null or "audio/pcm"))
            {
                return (null, "Audio must be audio/pcm: 16-bit little-endian mono.", "session.audio.input.format.type");
            }

            var rate = Find(format, "rate") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value) ? value : Default.SampleRate;
            if (!Rates.Contains(rate) || !StreamingResampler.Supports(rate, 16_000))
            {
                return (null, $"The rate must be one of {string.Join(", ", Rates)}.", "session.audio.input.format.rate");
            }

            next = next with { SampleRate = rate };
        }

        if (Find(input, "turn_detection") is { ValueKind: not JsonValueKind.Null })
        {
            return (null, "'turn_detection' must be null here: the client commits its utterances.", "session.audio.input.turn_detection");
        }

        return Find(input, "transcription") is { ValueKind: JsonValueKind.Object } transcription
            ? (next with
            {
                Model = Text(transcription, "model") ?? next.Model,
                Language = Text(transcription, "language") is { Length: > 0 and <= 35 } language ? language : next.Language,
                Prompt = Text(transcription, "prompt") ?? next.Prompt,
            }, null, null)
            : (next, null, null);
    }

    public object Describe(string id) => new
    {
        id,
        @object = "realtime.transcription_session",
        type = "transcription",
        audio = new
        {
            input = new
            {
                format = new { type = "audio/pcm", rate = SampleRate },
                transcription = new { model = Model ?? "default", language = Language, prompt = Prompt ?? "" },
                noise_reduction = (object?)null,
                turn_detection = (object?)null,
            },
        },
    };

    private static JsonElement? Find(JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return element;
    }

    private static string? Text(JsonElement element, string name) => Find(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
