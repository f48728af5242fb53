using Microsoft.Extensions.Options;
using Voice.Inference.Processes;

namespace Voice.Inference.Speech;

/// <summary>flite processes: one request at a time each, kept for the next.</summary>
internal sealed class SpeakerPool(IOptions<SpeakerOptions> options, TimeProvider time, ILogger<EnginePool> logger) : EnginePool(Describe(options.Value), time, logger)
{
    private static EnginePoolOptions Describe(SpeakerOptions options) => new(
        Name: "flite",
        Arguments: ["flite"],
        Warm: Math.Min(options.Warm, options.Max),
        Max: options.Max,
        Reusable: true,
        Queue: options.Queue,
        RetryAfter: TimeSpan.FromSeconds(1),
        StartTimeout: options.StartTimeout);
}
