using Microsoft.Extensions.Options;
using Npgsql;
using Voice.ServiceDefaults.Messaging;
using Voice.ServiceDefaults.Messaging.Contracts;

namespace Voice.Inference.TranscriptionJobs.Work;

/// <summary>
/// A step of a job. What a step has done is written in the transaction that says that its message is handled, so a step that is done is never done again, and one that
/// was not is done by another worker.
/// </summary>
internal sealed partial class TranscriptionWorkHandler(
    JobSteps steps, JobEnding ending, JobSignals signals, IOptions<TranscriptionJobOptions> options, IOptions<SubscriptionOptions> bus,
    ILogger<TranscriptionWorkHandler> logger) : IMessageHandler<TranscriptionWork>
{
    // One less than the bus's own: its last attempt would end without anybody saying why.
    private readonly int _attempts = Math.Max(1, Math.Min(options.Value.Attempts, bus.Value.MaxAttempts - 1));

    public async Task HandleAsync(TranscriptionWork message, MessageContext context, CancellationToken cancellationToken)
    {
        using var work = signals.Begin(message.JobId, cancellationToken);
        try
        {
            if (context.Attempt > _attempts)
            {
                // Nobody said why: whoever had it died of it, or with it, each time.
                await FailAsync(message, context, new JobFailure("worker_lost", "The workers that had it ended without an answer.", true), cancellationToken);
                return;
            }

            await steps.DoAsync(message, context, work.Token);
        }
        catch (OperationCanceledException) when (work.IsOver)
        {
            Log.Over(logger, message.JobId);
        }
        catch (Exception failure) when (failure is not OperationCanceledException && !cancellationToken.IsCancellationRequested && failure is not PostgresException)
        {
            var known = JobFailure.From(failure);
            if (!known.Final && context.Attempt < _attempts)
            {
                throw;
            }

            Log.Failed(logger, message.JobId, message.Step, message.Part, context.Attempt, failure);
            await FailAsync(message, context, known, cancellationToken);
        }
    }

    private async Task FailAsync(TranscriptionWork message, MessageContext context, JobFailure failure, CancellationToken cancellationToken)
    {
        var known = message.Step == TranscriptionWork.Transcribe
            ? failure with { Message = await steps.DescribeAsync(message, context, cancellationToken) + failure.Message }
            : failure;
        await ending.EndAsync(context.Connection, context.Transaction, message.JobId, message.OrganizationId, JobStates.Failed, known, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "Job {JobId} is over; what was being done for it is not needed any more")]
        public static partial void Over(ILogger logger, string jobId);

        [LoggerMessage(2, LogLevel.Warning, "Job {JobId} has failed: {Step} {Part}, in attempt {Attempt}")]
        public static partial void Failed(ILogger logger, string jobId, string step, int part, int attempt, Exception exception);
    }
}
