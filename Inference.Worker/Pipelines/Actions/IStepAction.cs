using Voice.Inference.Pipelines.Documents;
using Voice.Inference.Pipelines.Runs;

namespace Voice.Inference.Pipelines.Actions;

/// <summary>What a kind of step does. Thread-safe; nothing it does may harm when it is done again, since its worker may die before the result is kept.</summary>
internal interface IStepAction
{
    StepType Type { get; }

    /// <exception cref="StepFailedException">It cannot, or not now.</exception>
    Task<StepResult> RunAsync(StepCall call, CancellationToken cancellationToken);
}
