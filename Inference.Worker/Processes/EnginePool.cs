using System.Collections.Concurrent;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Voice.Inference.Processes;

/// <summary>
/// Engine processes of one kind: some kept warm for the next caller, more on demand up to a limit. A process that a caller gives back is
/// used again only where the engine keeps nothing between callers; otherwise it is killed and a fresh one takes its place.
/// </summary>
internal abstract partial class EnginePool(EnginePoolOptions options, TimeProvider time, ILogger<EnginePool> logger) : BackgroundService, IHealthCheck
{
    private static readonly TimeSpan FirstBackOff = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromSeconds(30);

    private readonly ConcurrentQueue<EngineProcess> _warm = new();
    private readonly SemaphoreSlim _places = new(options.Max, options.Max);
    private readonly SemaphoreSlim _wanted = new(1, 1);
    private volatile string? _failure = "starting";

    public string Name => options.Name;

    public int InUse => options.Max - _places.CurrentCount;

    public int Warm => _warm.Count;

    /// <summary>Throws <see cref="EngineSaturatedException"/> where all places stay taken for the time a caller may queue.</summary>
    public async Task<EngineProcess> RentAsync(CancellationToken cancellationToken)
    {
        if (!await _places.WaitAsync(options.Queue, cancellationToken))
        {
            Log.Saturated(logger, options.Name, options.Max);
            throw new EngineSaturatedException(options.Name, options.Max, options.RetryAfter);
        }

        try
        {
            return await TakeAsync(cancellationToken);
        }
        catch
        {
            _places.Release();
            throw;
        }
    }

    /// <summary>The caller's last act with a process it rented.</summary>
    public async ValueTask ReturnAsync(EngineProcess engine, bool healthy)
    {
        engine.OnFrame(null);
        try
        {
            if (healthy && options.Reusable && !engine.HasEnded && _warm.Count < Math.Max(1, options.Warm))
            {
                _warm.Enqueue(engine);
            }
            else
            {
                await engine.DisposeAsync();
            }
        }
        finally
        {
            _places.Release();
            Wake();
        }
    }

    /// <summary>Exchanges a process that died or hangs for a fresh one; the place stays taken.</summary>
    public async Task<EngineProcess> ReplaceAsync(EngineProcess engine, CancellationToken cancellationToken)
    {
        Log.Replaced(logger, options.Name, engine.Id);
        await engine.DisposeAsync();
        return await TakeAsync(cancellationToken);
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_failure is { } failure
            ? new HealthCheckResult(context.Registration.FailureStatus, $"{options.Name}: {failure}")
            : HealthCheckResult.Healthy());

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        InferenceTelemetry.Observe(this);
        var backOff = FirstBackOff;
        while (!stoppingToken.IsCancellationRequested)
        {
            await _wanted.WaitAsync(stoppingToken);
            try
            {
                await FillAsync(stoppingToken);
                _failure = null;
                backOff = FirstBackOff;
            }
            catch (Exception failure) when (failure is InvalidOperationException or TimeoutException or System.ComponentModel.Win32Exception)
            {
                _failure = failure.Message;
                Log.StartFailed(logger, options.Name, backOff, failure);
                await Task.Delay(backOff, time, stoppingToken);
                backOff = backOff * 2 < LongestBackOff ? backOff * 2 : LongestBackOff;
                Wake();
            }
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        while (_warm.TryDequeue(out var engine))
        {
            await engine.DisposeAsync();
        }
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        while (_warm.Count < options.Warm)
        {
            _warm.Enqueue(await LaunchAsync(cancellationToken));
        }
    }

    private async Task<EngineProcess> TakeAsync(CancellationToken cancellationToken)
    {
        while (_warm.TryDequeue(out var engine))
        {
            Wake();
            if (!engine.HasEnded)
            {
                return engine;
            }

            await engine.DisposeAsync();
        }

        return await LaunchAsync(cancellationToken);
    }

    private async Task<EngineProcess> LaunchAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var engine = await EngineProcess.StartAsync(options.Arguments, options.StartTimeout, time, cancellationToken);
        Log.Started(logger, options.Name, engine.Id, time.GetElapsedTime(started).TotalMilliseconds);
        return engine;
    }

    private void Wake()
    {
        try
        {
            _wanted.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake already.
        }
    }
}
