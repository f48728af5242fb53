using System.Text.Json.Nodes;
using Voice.Inference.Pipelines.Actions;
using Voice.Inference.Pipelines.Documents;

namespace Voice.Inference.Pipelines.Runs;

/// <summary>One attempt of one step: condition, parameters, action, result. Holds no connection while the action is at work.</summary>
internal sealed partial class StepRunner(
    RunLoader loader, StepSettling settling, StepQueue queue, IEnumerable<IStepAction> actions, Microsoft.Extensions.Options.IOptions<PipelineOptions> options, TimeProvider time,
    ILogger<StepRunner> logger)
{
    private static readonly TimeSpan FullPause = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, IStepAction> _actions = actions.ToDictionary(action => action.Type.Name, StringComparer.Ordinal);

    /// <param name="lost">The step is not ours any more: cancelled, or the lease ran out.</param>
    /// <param name="stopping">The worker ends.</param>
    public async Task RunAsync(ClaimedStep step, CancellationToken lost, CancellationToken stopping)
    {
        using var activity = PipelineMetrics.Activities.StartActivity("pipeline.step");
        activity?.SetTag("voice.pipeline.run_id", step.RunId).SetTag("voice.pipeline.step", step.StepId).SetTag("voice.pipeline.attempt", step.Attempt);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(lost, stopping);
        try
        {
            var document = await loader.DocumentAsync(step.OrganizationId, step.PipelineId, step.Version, ending.Token);
            var declared = document.FindStep(step.StepId) ?? throw new InvalidOperationException($"Version {step.Version} of {step.PipelineId} has no step {step.StepId}.");
            await DoRunAsync(step, document, declared, ending.Token);
        }
        catch (OperationCanceledException) when (lost.IsCancellationRequested)
        {
            // Whoever has it now, or cancelled it, has written so.
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await queue.ReleaseAsync(step, TimeSpan.Zero, CancellationToken.None);
        }
    }

    private async Task DoRunAsync(ClaimedStep step, PipelineDocument document, PipelineStep declared, CancellationToken cancellationToken)
    {
        StepFailedException failure;
        try
        {
            if (step.Lost >= options.Value.MaxLosses)
            {
                throw new StepFailedException("worker_lost", $"The step's worker ended without an answer {step.Lost} times.");
            }

            var values = await loader.ValuesAsync(step.RunId, cancellationToken);
            if (declared.When is { } condition && !condition.Holds(values.Of))
            {
                await settling.SkipAsync(step, document, cancellationToken);
                return;
            }

            var result = await ActAsync(step, declared, values, cancellationToken);
            if (!await settling.SucceedAsync(step, document, result, cancellationToken))
            {
                Log.Unwanted(logger, step.RunId, step.StepId, step.Attempt);
            }

            return;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            failure = await FailureAsync(step, exception) ?? throw new OperationCanceledException(cancellationToken);
        }

        await settling.FailAsync(step, declared, failure, cancellationToken);
    }

    private async Task<StepResult> ActAsync(ClaimedStep step, PipelineStep declared, RunValues values, CancellationToken cancellationToken)
    {
        var (type, with) = (declared.Type, declared.With);
        var key = $"{step.RunId}.{step.StepId}";
        if (step.UsesFallback)
        {
            if (declared.Fallback!.Output is { } output)
            {
                return new StepResult(Template.Resolve(output, values.Of)!.AsObject());
            }

            (type, with, key) = (declared.Fallback.Type!, declared.Fallback.With, key + ".fallback");
        }

        var arguments = new StepArguments(Template.Resolve(with, values.Of)!.AsObject());
        using var late = new CancellationTokenSource(declared.Timeout, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        var started = time.GetTimestamp();
        var outcome = "failed";
        try
        {
            var result = await _actions[type.Name].RunAsync(new StepCall(step.OrganizationId, step.RunId, step.StepId, key, arguments), ending.Token);
            outcome = "succeeded";
            return result;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && late.IsCancellationRequested)
        {
            outcome = "timeout";
            throw new StepFailedException("timeout", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"The step took longer than {declared.Timeout.TotalSeconds:0.#} seconds."), retryable: true);
        }
        catch (OperationCanceledException)
        {
            outcome = "cancelled";
            throw;
        }
        finally
        {
            PipelineMetrics.Ran(type.Name, outcome, time.GetElapsedTime(started));
        }
    }

    /// <summary>Null where the step has been given back: a worker that is full is nothing that the step has done.</summary>
    private async Task<StepFailedException?> FailureAsync(ClaimedStep step, Exception exception)
    {
        if (exception is Processes.EngineSaturatedException full)
        {
            await queue.ReleaseAsync(step, full.RetryAfter > TimeSpan.Zero ? full.RetryAfter : FullPause, CancellationToken.None);
            return null;
        }

        if (ServiceDefaults.Errors.DatabaseOutage.Is(exception))
        {
            // The lease runs out, and the step comes again when the database is back.
            Log.DatabaseAway(logger, step.RunId, step.StepId, exception);
            return null;
        }

        if (StepFailures.From(exception) is { } known)
        {
            return known;
        }

        Log.Unexpected(logger, step.RunId, step.StepId, exception);
        return new StepFailedException("internal_error", "The step failed for a reason that is in the platform's log.", retryable: true);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The result of step {Step} of run {RunId}, attempt {Attempt}, is not wanted any more")]
        public static partial void Unwanted(ILogger logger, string runId, string step, int attempt);

        [LoggerMessage(2, LogLevel.Warning, "Step {Step} of run {RunId} is left: the database is away")]
        public static partial void DatabaseAway(ILogger logger, string runId, string step, Exception exception);

        [LoggerMessage(3, LogLevel.Error, "Step {Step} of run {RunId} failed unexpectedly")]
        public static partial void Unexpected(ILogger logger, string runId, string step, Exception exception);
    }
}
