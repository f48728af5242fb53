using Microsoft.Extensions.Options;
using Npgsql;
using Voice.Inference.Pipelines.Bulk;

namespace Voice.Inference.Pipelines.Runs;

/// <summary>
/// Takes steps while there is room and does each beside the others, with its lease renewed. When the service stops, what is at work is given
/// back to other workers.
/// </summary>
internal sealed partial class StepWorker(
    StepQueue queue, StepRunner runner, BulkRelease bulk, RunSignals signals, IOptions<PipelineOptions> options, TimeProvider time, ILogger<StepWorker> logger) : BackgroundService
{
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(30);

    private readonly PipelineOptions _options = options.Value;
    private readonly Lock _gate = new();
    private readonly List<(string RunId, CancellationTokenSource Lost)> _running = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_options.Concurrency == 0)
        {
            return;
        }

        using var work = signals.Listen(message => message == RunSignals.Ready || message.StartsWith(RunSignals.CancelPrefix, StringComparison.Ordinal), OnMessage);
        List<Task> tasks = [];
        var failures = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = _options.PollInterval;
            try
            {
                tasks.RemoveAll(task => task.IsCompleted);
                await bulk.ReleaseAsync(stoppingToken);
                var room = _options.Concurrency - tasks.Count;
                var claimed = room > 0 ? await queue.ClaimAsync(room, CancellationToken.None) : [];
                tasks.AddRange(claimed.Select(step => WorkAsync(step, work, stoppingToken)));
                failures = 0;
                if (claimed.Count > 0 && claimed.Count == room)
                {
                    continue;
                }

                if (room > 0 && await queue.UntilNextAsync(stoppingToken) is { } next && next < pause)
                {
                    pause = next + TimeSpan.FromMilliseconds(5);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception exception)
            {
                // Whatever the database has, the steps stay where they are until it is over.
                failures++;
                Log.ClaimFailed(logger, failures, exception);
                pause = TimeSpan.FromTicks(Math.Min(MaxPause.Ticks, TimeSpan.FromMilliseconds(250).Ticks << Math.Min(failures, 10)));
            }

            await work.WaitAsync(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(tasks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void OnMessage(string message)
    {
        if (!message.StartsWith(RunSignals.CancelPrefix, StringComparison.Ordinal))
        {
            return;
        }

        lock (_gate)
        {
            foreach (var (_, lost) in _running.Where(running => running.RunId == message[RunSignals.CancelPrefix.Length..]))
            {
                // On another thread: what listens to the token may take its time.
                lost.CancelAfter(TimeSpan.Zero);
            }
        }
    }

    private async Task WorkAsync(ClaimedStep step, RunSignals.Listener work, CancellationToken stopping)
    {
        // Off the loop at once, whatever the step does before its first await.
        await Task.Yield();
        using var lost = new CancellationTokenSource();
        using var ended = new CancellationTokenSource();
        lock (_gate)
        {
            _running.Add((step.RunId, lost));
        }

        var renewing = RenewAsync(step, lost, ended.Token);
        try
        {
            await runner.RunAsync(step, lost.Token, stopping);
        }
        catch (Exception exception)
        {
            // The lease runs out, and the step comes again.
            Log.Left(logger, step.RunId, step.StepId, exception);
        }
        finally
        {
            await ended.CancelAsync();
            await renewing;
            lock (_gate)
            {
                _running.RemoveAll(running => running.Lost == lost);
            }

            work.Wake();
        }
    }

    private async Task RenewAsync(ClaimedStep step, CancellationTokenSource lost, CancellationToken ended)
    {
        using var timer = new PeriodicTimer(_options.Lease / 3, time);
        while (!ended.IsCancellationRequested)
        {
            try
            {
                if (!await timer.WaitForNextTickAsync(ended) || await queue.RenewAsync(step, ended))
                {
                    continue;
                }

                Log.LeaseLost(logger, step.RunId, step.StepId);
                await lost.CancelAsync();
                return;
            }
            catch (OperationCanceledException) when (ended.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
            {
                // The next tick tries again, before the lease is over.
                Log.RenewFailed(logger, step.RunId, step.StepId, exception);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Steps of pipelines could not be claimed, {Failures} times in a row")]
        public static partial void ClaimFailed(ILogger logger, int failures, Exception exception);

        [LoggerMessage(2, LogLevel.Warning, "Step {Step} of run {RunId} is left to its lease")]
        public static partial void Left(ILogger logger, string runId, string step, Exception exception);

        [LoggerMessage(3, LogLevel.Information, "Step {Step} of run {RunId} is not this worker's any more")]
        public static partial void LeaseLost(ILogger logger, string runId, string step);

        [LoggerMessage(4, LogLevel.Warning, "The lease of step {Step} of run {RunId} could not be renewed and will be tried again")]
        public static partial void RenewFailed(ILogger logger, string runId, string step, Exception exception);
    }
}
