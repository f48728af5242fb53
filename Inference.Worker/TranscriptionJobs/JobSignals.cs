using System.Collections.Concurrent;
using Npgsql;
using Voice.ServiceDefaults.Messaging.Postgres;

namespace Voice.Inference.TranscriptionJobs;

/// <summary>
/// What workers tell each other of jobs by <c>NOTIFY</c>: something has changed. Work on a job that is over is told to stop, and those who watch one look again. A
/// notification that is lost costs a few seconds: everybody also looks now and then.
/// </summary>
internal sealed partial class JobSignals(NpgsqlDataSource database, TimeProvider time, ILogger<JobSignals> logger) : BackgroundService
{
    public const string Channel = "inference_jobs";

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<JobWork, byte> _working = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when some job has changed, or it is time to look. Taken before looking, so that nothing falls in between.</summary>
    public Task Changed => Volatile.Read(ref _changed).Task;

    /// <summary>Work on a job, for as long as it goes on: its token is cancelled when the job is over.</summary>
    public JobWork Begin(string jobId, CancellationToken cancellationToken)
    {
        var work = new JobWork(this, jobId, cancellationToken);
        _working[work] = 0;
        return work;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var notifications = new NotificationListener(database, Channel, time, logger);
        while (!stoppingToken.IsCancellationRequested)
        {
            await notifications.WaitAsync(LookEvery, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Interlocked.Exchange(ref _changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
            try
            {
                await StopWhatIsOverAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException or OperationCanceledException)
            {
                Log.NotLooked(logger, exception);
            }
        }
    }

    private async Task StopWhatIsOverAsync(CancellationToken cancellationToken)
    {
        var jobs = _working.Keys.Select(work => work.JobId).Distinct().ToArray();
        if (jobs.Length == 0)
        {
            return;
        }

        var active = new HashSet<string>(StringComparer.Ordinal);
        await using (var command = database.CreateCommand("select id from inference.transcription_jobs where id = any($1) and state in ('queued', 'running')"))
        {
            command.Parameters.Add(new() { Value = jobs });
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                active.Add(reader.GetString(0));
            }
        }

        foreach (var work in _working.Keys.Where(work => jobs.Contains(work.JobId) && !active.Contains(work.JobId)))
        {
            work.Stop();
        }
    }

    internal sealed class JobWork : IDisposable
    {
        private readonly JobSignals _signals;
        private readonly CancellationTokenSource _stopping;
        private readonly Lock _gate = new();
        private bool _ended;

        public JobWork(JobSignals signals, string jobId, CancellationToken cancellationToken)
        {
            (_signals, JobId, _stopping) = (signals, jobId, CancellationTokenSource.CreateLinkedTokenSource(cancellationToken));
            Token = _stopping.Token;
        }

        public string JobId { get; }

        public CancellationToken Token { get; }

        /// <summary>The job is over, by somebody else's doing.</summary>
        public bool IsOver { get; private set; }

        public void Stop()
        {
            lock (_gate)
            {
                if (!_ended)
                {
                    IsOver = true;
                    _stopping.Cancel();
                }
            }
        }

        public void Dispose()
        {
            _signals._working.TryRemove(this, out _);
            lock (_gate)
            {
                _ended = true;
                _stopping.Dispose();
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Whether jobs are over could not be looked up; the next look finds them")]
        public static partial void NotLooked(ILogger logger, Exception exception);
    }
}
