using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Voice.Inference.Decoding;

/// <summary>Configuration section <c>Engines:Decoders</c>.</summary>
internal sealed class DecoderOptions
{
    public const string Section = "Engines:Decoders";

    /// <summary>Folder with PocketSphinx's en-us model.</summary>
    [Required]
    public string ModelFolder { get; set; } = "/usr/share/pocketsphinx/model/en-us";

    /// <summary>Decoder processes kept ready for the next call.</summary>
    [Range(0, 64, ErrorMessage = "Engines:Decoders:Warm must be between 0 and 64.")]
    public int Warm { get; set; } = 2;

    /// <summary>Concurrent calls; one more is refused with a hint to retry.</summary>
    [Range(1, 1024, ErrorMessage = "Engines:Decoders:Max must be between 1 and 1024.")]
    public int Max { get; set; } = 32;

    /// <summary>From starting a process to its first word that it is ready.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00", ErrorMessage = "Engines:Decoders:StartTimeout must be between 1 s and 5 min.")]
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>From the end of an utterance to its transcript; a decoder that takes longer is stuck and is replaced.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00", ErrorMessage = "Engines:Decoders:FinalTimeout must be between 1 s and 5 min.")]
    public TimeSpan FinalTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Longest utterance; it is held so that it can be decoded again after a crash.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "00:10:00", ErrorMessage = "Engines:Decoders:MaxUtterance must be between 5 s and 10 min.")]
    public TimeSpan MaxUtterance { get; set; } = TimeSpan.FromMinutes(2);
}

[OptionsValidator]
internal sealed partial class DecoderOptionsValidator : IValidateOptions<DecoderOptions>;
