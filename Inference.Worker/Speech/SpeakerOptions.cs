using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Voice.Inference.Speech;

/// <summary>Configuration section <c>Engines:Speakers</c>.</summary>
internal sealed class SpeakerOptions
{
    public const string Section = "Engines:Speakers";

    /// <summary>flite processes kept ready.</summary>
    [Range(0, 64, ErrorMessage = "Engines:Speakers:Warm must be between 0 and 64.")]
    public int Warm { get; set; } = 2;

    /// <summary>Syntheses at the same time, of either engine; each takes about 1 % of the time it speaks.</summary>
    [Range(1, 256, ErrorMessage = "Engines:Speakers:Max must be between 1 and 256.")]
    public int Max { get; set; } = 8;

    /// <summary>How long a request may wait for its turn.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00", ErrorMessage = "Engines:Speakers:Queue must be between 0 and 1 min.")]
    public TimeSpan Queue { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>From starting a process to its first word that it is ready.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00", ErrorMessage = "Engines:Speakers:StartTimeout must be between 1 s and 5 min.")]
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest an engine may take for one piece of text.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00", ErrorMessage = "Engines:Speakers:Timeout must be between 1 s and 5 min.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);
}

[OptionsValidator]
internal sealed partial class SpeakerOptionsValidator : IValidateOptions<SpeakerOptions>;
