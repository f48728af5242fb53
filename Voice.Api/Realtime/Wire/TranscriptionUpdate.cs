using System.Text.Json;

namespace Voice.Api.Realtime.Wire;

/// <summary><c>session.update</c> of a transcription session, which has an input and nothing else.</summary>
internal static class TranscriptionUpdate
{
    private const int MaxVocabulary = 4_096;

    /// <param name="fields">Of the session, past its type.</param>
    public static SessionState Apply(SessionState state, JsonFields fields)
    {
        Unsupported.Include(fields);
        if (fields.Take("audio", out var audio))
        {
            var parts = new JsonFields(audio, fields.Path("audio"));
            state = parts.Take("input", out var input) ? Input(state, new JsonFields(input, parts.Path("input"))) : state;
            parts.End();
        }

        return state;
    }

    private static SessionState Input(SessionState state, JsonFields fields)
    {
        state = fields.Take("format", out var format) ? state with { InputFormat = AudioFormatJson.Read(format, fields) } : state;
        state = fields.Take("noise_reduction", out var reduction) ? state with { NoiseReduction = NoiseReductionJson.Read(reduction, fields) } : state;
        state = fields.Take("transcription", out var transcription) ? Transcription(state, transcription, fields) : state;
        state = fields.Take("turn_detection", out var detection)
            ? state with { TurnDetection = TurnDetectionJson.Read(detection, fields, answers: false) }
            : state;
        fields.End();
        return state;
    }

    /// <summary>As a whole: what is not said is the default again.</summary>
    private static SessionState Transcription(SessionState state, JsonElement transcription, JsonFields parent)
    {
        if (transcription.ValueKind == JsonValueKind.Null)
        {
            return state with { Language = null, Prompt = null, Keywords = [] };
        }

        var fields = new JsonFields(transcription, parent.Path("transcription"));
        // Which recogniser listens is the platform's choice; clients name the models they know about.
        fields.String("model");
        fields.String("delay");
        var languages = fields.Strings("languages", 16);
        var language = fields.String("language") ?? languages.FirstOrDefault();
        if (language is not null && !IsLanguage(language))
        {
            throw fields.Invalid("language", "must be a language tag such as en or es-MX");
        }

        var prompt = fields.String("prompt");
        var keywords = fields.Strings("keywords", 256);
        fields.End();
        return (prompt?.Length ?? 0) + keywords.Sum(word => word.Length) <= MaxVocabulary
            ? state with { Language = language, Prompt = prompt, Keywords = keywords }
            : throw fields.Invalid("prompt", $"must have, with keywords, at most {MaxVocabulary} characters");
    }

    private static bool IsLanguage(string tag) =>
        tag.Length is >= 2 and <= 35 && tag.Split('-') is var parts && parts[0].Length is 2 or 3
        && parts.All(part => part.Length is > 0 and <= 8 && part.All(char.IsAsciiLetterOrDigit));
}
