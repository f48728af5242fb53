using System.ComponentModel.DataAnnotations;

namespace Voice.Inference.Engines;

/// <summary>Configuration section <c>Engines:Simulated</c>: how long each stage of the simulated engine takes.</summary>
internal sealed class SimulatedOptions
{
    /// <summary>From the end of an utterance to its transcript.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00", ErrorMessage = "Engines:Simulated:TranscriptFinal must be between 0 and 1 min.")]
    public TimeSpan TranscriptFinal { get; set; } = TimeSpan.FromMilliseconds(90);

    /// <summary>From a chat request to its first text.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00", ErrorMessage = "Engines:Simulated:FirstToken must be between 0 and 1 min.")]
    public TimeSpan FirstToken { get; set; } = TimeSpan.FromMilliseconds(280);

    /// <summary>From text to its first audio.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00", ErrorMessage = "Engines:Simulated:FirstAudio must be between 0 and 1 min.")]
    public TimeSpan FirstAudio { get; set; } = TimeSpan.FromMilliseconds(170);
}
