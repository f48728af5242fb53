using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Voice.Inference.Audio;

/// <summary>Configuration section <c>Engines:Ffmpeg</c>.</summary>
internal sealed class FfmpegOptions
{
    public const string Section = "Engines:Ffmpeg";

    /// <summary>The program; a name without a folder is looked for in PATH. Where there is none, only WAV is read, and speech is PCM or WAV.</summary>
    [Required]
    public string Path { get; set; } = "ffmpeg";

    /// <summary>Files that are decoded at the same time; one more waits.</summary>
    [Range(1, 256, ErrorMessage = "Engines:Ffmpeg:MaxDecoders must be between 1 and 256.")]
    public int MaxDecoders { get; set; } = 8;

    /// <summary>Spoken texts that are compressed at the same time; one more waits.</summary>
    [Range(1, 1024, ErrorMessage = "Engines:Ffmpeg:MaxEncoders must be between 1 and 1024.")]
    public int MaxEncoders { get; set; } = 64;

    /// <summary>The longest wait for one of these places; then the request is refused with a hint to retry.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00", ErrorMessage = "Engines:Ffmpeg:Queue must be between 0 s and 5 min.")]
    public TimeSpan Queue { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest silence of a process that is to produce something.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00", ErrorMessage = "Engines:Ffmpeg:Stall must be between 1 s and 5 min.")]
    public TimeSpan Stall { get; set; } = TimeSpan.FromSeconds(30);
}

[OptionsValidator]
internal sealed partial class FfmpegOptionsValidator : IValidateOptions<FfmpegOptions>;
