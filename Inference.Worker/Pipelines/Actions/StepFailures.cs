using Voice.Inference.Engines;
using Voice.Inference.Pipelines.Runs;

namespace Voice.Inference.Pipelines.Actions;

/// <summary>What an engine throws, as a step's failure.</summary>
internal static class StepFailures
{
    /// <summary>Null for what nobody expected.</summary>
    public static StepFailedException? From(Exception failure) => failure switch
    {
        StepFailedException known => known,
        _ when EngineFailure.From(failure) is { } known => new StepFailedException(known.Code, known.Message, IsPassing(known), known.RetryAfter),
        _ => null,
    };

    private static bool IsPassing(EngineFailure failure) => failure.Status is StatusCodes.Status429TooManyRequests or >= StatusCodes.Status500InternalServerError;
}
