namespace Voice.Inference.Providers.OpenAi;

/// <summary>In what servers of OpenAI's transcription differ.</summary>
/// <param name="Streams">Server-sent events, for the models that are not Whisper at OpenAI's.</param>
/// <param name="Verbose">Segments with times.</param>
/// <param name="Words">Times of single words.</param>
internal sealed record OpenAiDialect(bool Streams, bool Verbose, bool Words)
{
    public static readonly OpenAiDialect OpenAi = new(true, true, true) { OnlyWhisperIsVerbose = true, Translates = true };

    /// <summary>What every server has: a text.</summary>
    public static readonly OpenAiDialect Generic = new(false, false, true) { Translates = true };

    private static readonly Dictionary<string, OpenAiDialect> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["openai"] = OpenAi,
        ["vllm"] = new(true, true, false) { Translates = true },
        ["speaches"] = new(true, true, true) { OnlyHears = true, Translates = true },
        ["whisper.cpp"] = new(false, true, true) { OnlyHears = true, Translates = true, IsInference = true, SampleRate = 16_000 },
        ["ollama"] = new(false, false, false),
    };

    public bool OnlyWhisperIsVerbose { get; private init; }

    /// <summary>A server of sound, without a language model: that it hears needs no saying.</summary>
    public bool OnlyHears { get; private init; }

    public bool Translates { get; private init; }

    /// <summary>whisper.cpp: one path, and what it is to do is a field.</summary>
    public bool IsInference { get; private init; }

    /// <summary>The only rate it takes; null for any.</summary>
    public int? SampleRate { get; private init; }

    public static OpenAiDialect Of(string? name) => name is null ? Generic : Known.GetValueOrDefault(name, Generic);

    public bool StreamsWith(string? model) => Streams && !(OnlyWhisperIsVerbose && IsWhisper(model));

    public bool IsVerboseWith(string? model) => Verbose && (!OnlyWhisperIsVerbose || IsWhisper(model));

    public bool WordTimes(string? model) => Words && (!OnlyWhisperIsVerbose || IsWhisper(model));

    private static bool IsWhisper(string? model) => model?.Contains("whisper", StringComparison.OrdinalIgnoreCase) == true && !model.Contains("realtime", StringComparison.OrdinalIgnoreCase);
}
