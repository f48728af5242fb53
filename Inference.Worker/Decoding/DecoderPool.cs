using Microsoft.Extensions.Options;
using Voice.Inference.Processes;

namespace Voice.Inference.Decoding;

/// <summary>Decoder processes: each serves one call and ends with it, so that nothing of one speaker is left for the next.</summary>
internal sealed class DecoderPool(IOptions<DecoderOptions> options, TimeProvider time, ILogger<EnginePool> logger) : EnginePool(Describe(options.Value), time, logger)
{
    private static EnginePoolOptions Describe(DecoderOptions options) => new(
        Name: "decoder",
        Arguments: ["decoder", options.ModelFolder],
        Warm: Math.Min(options.Warm, options.Max),
        Max: options.Max,
        Reusable: false,
        // A caller who speaks now is not helped by a decoder in a few seconds.
        Queue: TimeSpan.Zero,
        RetryAfter: TimeSpan.FromSeconds(5),
        StartTimeout: options.StartTimeout);
}
