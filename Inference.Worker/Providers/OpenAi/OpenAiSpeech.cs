using System.Globalization;
using Voice.Core.Providers;

namespace Voice.Inference.Providers.OpenAi;

/// <summary>How a server of OpenAI's REST API speaks.</summary>
internal sealed record OpenAiSpeech(string Model, string Voice)
{
    public const string ModelOption = "SpeechModel";
    public const string EventsOption = "SpeechEvents";
    public const string RateOption = "SpeechSampleRate";
    public const string InstructionsOption = "SpeechInstructions";

    private const string DefaultModel = "gpt-4o-mini-tts";
    private const string DefaultVoice = "alloy";

    public static IReadOnlyList<string> Languages { get; } =
    [
        "af", "ar", "az", "be", "bg", "bs", "ca", "cs", "cy", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "gl", "he", "hi", "hr", "hu", "hy", "id",
        "is", "it", "ja", "kk", "kn", "ko", "lt", "lv", "mi", "mk", "mr", "ms", "ne", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "sw", "ta",
        "th", "tl", "tr", "uk", "ur", "vi", "zh",
    ];

    /// <summary>OpenAI's own, which all speak what its models do.</summary>
    public static readonly IReadOnlyList<ProviderVoice> Voices =
    [
        .. from id in (string[])["alloy", "ash", "ballad", "coral", "echo", "fable", "onyx", "nova", "sage", "shimmer", "verse", "marin", "cedar"]
           select new ProviderVoice(id, string.Concat(id[..1].ToUpperInvariant(), id[1..]), Languages),
    ];

    /// <summary>Whether <c>instructions</c> are followed; the first models of OpenAI's drop them.</summary>
    public bool Instructions { get; init; }

    /// <summary>Ask for server-sent events instead of bare audio.</summary>
    public bool Events { get; init; }

    /// <summary>Of what the server calls <c>pcm</c>; OpenAI's is 24 kHz, others give what their model makes.</summary>
    public int SampleRate { get; init; } = ISpeechSynthesizer.SampleRate;

    public static IEnumerable<string> Check(ProviderSettings settings)
    {
        if (settings.Options.GetValueOrDefault(RateOption) is { } rate && !(int.TryParse(rate, NumberStyles.None, CultureInfo.InvariantCulture, out var hertz) && Core.Audio.StreamingResampler.Supports(hertz, ISpeechSynthesizer.SampleRate)))
        {
            yield return $"Providers:<name>:Options:{RateOption} must be a sample rate in Hz, such as 22050.";
        }

        foreach (var option in (string[])[EventsOption, InstructionsOption])
        {
            if (settings.Options.GetValueOrDefault(option) is { } value && !bool.TryParse(value, out _))
            {
                yield return $"Providers:<name>:Options:{option} must be true or false.";
            }
        }
    }

    /// <summary>Null where the server is not said to speak.</summary>
    public static OpenAiSpeech? Of(ProviderSettings settings, bool isOpenAi)
    {
        var options = settings.Options;
        if ((options.GetValueOrDefault(ModelOption) ?? (isOpenAi ? DefaultModel : null)) is not { } model)
        {
            return null;
        }

        return new OpenAiSpeech(model, settings.Voice ?? DefaultVoice)
        {
            Instructions = bool.TryParse(options.GetValueOrDefault(InstructionsOption), out var said) ? said : model.StartsWith("gpt", StringComparison.Ordinal),
            Events = bool.TryParse(options.GetValueOrDefault(EventsOption), out var events) && events,
            SampleRate = int.TryParse(options.GetValueOrDefault(RateOption), NumberStyles.None, CultureInfo.InvariantCulture, out var rate) ? rate : ISpeechSynthesizer.SampleRate,
        };
    }
}
