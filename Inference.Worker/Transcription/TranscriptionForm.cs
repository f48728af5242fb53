using System.Globalization;
using System.Text.Json;
using Voice.Inference.Engines;

namespace Voice.Inference.Transcription;

/// <summary>What a transcription or translation request asks for, each field checked by its name.</summary>
/// <param name="Prompt">With the key words, which are vocabulary as it is.</param>
/// <param name="LogProbs">How sure the engine was of each word.</param>
/// <param name="Speakers">Names of the channels, in their order.</param>
internal sealed record TranscriptionForm(
    IFormFile File, string? Model, string Language, string? Prompt, TranscriptionFormat Format, bool Stream, bool WordTimes, bool LogProbs, IReadOnlyList<string> Speakers)
{
    private const int MaxLanguage = 35;
    private const int MaxSpeakers = Audio.AudioBounds.MostChannels;
    private const int MaxSpeakerName = 64;

    /// <exception cref="FieldException">A field does not fit, or asks for what nothing here does.</exception>
    public static TranscriptionForm Of(AudioForm form)
    {
        var format = ReadFormat(form.Value("response_format"), translation: false);
        var stream = Flag(form, "stream");
        var logProbs = LogProbabilities(form, format);
        CheckTemperature(form);
        CheckChunking(form.Value("chunking_strategy"));
        if (stream && format is not (TranscriptionFormat.Json or TranscriptionFormat.DiarizedJson))
        {
            // OpenAI streams events, whatever the format; ours of text and subtitles would be neither.
            throw new FieldException("stream", "'stream' goes with the response_format json or diarized_json.");
        }

        return new(form.File, form.Value("model"), ReadLanguage(form), ReadPrompt(form), format, stream, Granularities(form, format).Contains("word"), logProbs, ReadSpeakers(form, format));
    }

    /// <summary>Of a translation, which has fewer.</summary>
    /// <exception cref="FieldException">A field does not fit, or asks for what nothing here does.</exception>
    public static TranscriptionForm OfTranslation(AudioForm form)
    {
        CheckTemperature(form);
        foreach (var field in (ReadOnlySpan<string>)["stream", "timestamp_granularities", "include", "chunking_strategy", "languages"])
        {
            if (form.Has(field) && !(field == "stream" && !Flag(form, "stream")))
            {
                throw new FieldException(field, $"'{field}' is a field of transcriptions; translations do not have it.");
            }
        }

        return new(form.File, form.Value("model"), ReadLanguage(form), ReadPrompt(form), ReadFormat(form.Value("response_format"), translation: true), false, false, false, []);
    }

    private static TranscriptionFormat ReadFormat(string? name, bool translation) => name switch
    {
        null or "json" => TranscriptionFormat.Json,
        "text" => TranscriptionFormat.Text,
        "verbose_json" => TranscriptionFormat.VerboseJson,
        "srt" => TranscriptionFormat.Srt,
        "vtt" => TranscriptionFormat.Vtt,
        "diarized_json" when !translation => TranscriptionFormat.DiarizedJson,
        _ => throw new FieldException("response_format", $"'response_format' must be json, text, verbose_json, srt{(translation ? " or vtt" : ", vtt or diarized_json")}."),
    };

    private static bool Flag(AudioForm form, string name) => form.Value(name)?.ToLowerInvariant() switch
    {
        null or "false" => false,
        "true" => true,
        _ => throw new FieldException(name, $"'{name}' must be true or false."),
    };

    private static string ReadLanguage(AudioForm form)
    {
        var (language, languages) = (form.Value("language"), form.Values("languages"));
        if (language is not null && languages.Length > 0)
        {
            throw new FieldException("languages[]", "Send 'language' or 'languages[]', not both.");
        }

        if (languages.Length > 1)
        {
            throw new FieldException("languages[]", "One recording is heard in one language here: name it in 'language'.", "unsupported_value");
        }

        language ??= languages.FirstOrDefault() ?? "en";
        return language.Length <= MaxLanguage && language.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
            ? language
            : throw new FieldException("language", "'language' must be a language tag such as en.");
    }

    private static string? ReadPrompt(AudioForm form) =>
        string.Join(' ', form.Values("keywords").Prepend(form.Value("prompt") ?? "")).Trim() is { Length: > 0 } prompt ? prompt : null;

    private static string[] Granularities(AudioForm form, TranscriptionFormat format)
    {
        var granularities = form.Values("timestamp_granularities");
        return Array.Exists(granularities, value => value is not ("word" or "segment")) ? throw new FieldException("timestamp_granularities[]", "'timestamp_granularities[]' must be word or segment.")
            : granularities.Length > 0 && format != TranscriptionFormat.VerboseJson ? throw new FieldException("timestamp_granularities[]", "'timestamp_granularities[]' goes with the response_format verbose_json.")
            : granularities;
    }

    private static bool LogProbabilities(AudioForm form, TranscriptionFormat format)
    {
        var include = form.Values("include");
        return Array.Exists(include, value => value != "logprobs") ? throw new FieldException("include[]", "'include[]' must be logprobs.")
            : include.Length > 0 && format != TranscriptionFormat.Json ? throw new FieldException("include[]", "'include[]' goes with the response_format json.")
            : include.Length > 0;
    }

    private static void CheckTemperature(AudioForm form)
    {
        // The engines here search for the best and draw no lots; what is valid changes nothing.
        if (form.Value("temperature") is { } text && !(double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= 1))
        {
            throw new FieldException("temperature", "'temperature' must be between 0 and 1.");
        }
    }

    // auto, {"type":"server_vad"}: recordings are cut at their pauses, always.
    private static void CheckChunking(string? strategy)
    {
        if (strategy is null or "auto")
        {
            return;
        }

        try
        {
            using var document = JsonDocument.Parse(strategy);
            if (document.RootElement is { ValueKind: JsonValueKind.Object } chosen && chosen.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("server_vad"))
            {
                if (chosen.EnumerateObject().Any(property => property.Name != "type"))
                {
                    throw new FieldException("chunking_strategy", "Thresholds and paddings of 'chunking_strategy' cannot be set here; send auto, or server_vad alone.", "unsupported_value");
                }

                return;
            }
        }
        catch (JsonException)
        {
            // As below.
        }

        throw new FieldException("chunking_strategy", "'chunking_strategy' must be auto, or an object whose type is server_vad.");
    }

    private static string[] ReadSpeakers(AudioForm form, TranscriptionFormat format)
    {
        if (form.Has("known_speaker_references"))
        {
            throw new FieldException("known_speaker_references[]", "Speakers are told apart by channel here, not by their voices; name the channels in 'known_speaker_names[]'.", "unsupported_value");
        }

        var names = form.Values("known_speaker_names");
        return names.Length > 0 && format != TranscriptionFormat.DiarizedJson ? throw new FieldException("known_speaker_names[]", "'known_speaker_names[]' goes with the response_format diarized_json.")
            : names.Length > MaxSpeakers || Array.Exists(names, name => name.Length > MaxSpeakerName)
                ? throw new FieldException("known_speaker_names[]", $"'known_speaker_names[]' are at most {MaxSpeakers} names of at most {MaxSpeakerName} characters.")
            : names;
    }
}
