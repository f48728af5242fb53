using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Voice.ServiceDefaults.Health;

namespace Voice.ServiceDefaults.Tests.Telemetry;

public sealed class HealthLogTests
{
    [Fact]
    public void What_is_still_starting_is_no_failure_and_what_was_healthy_once_is()
    {
        var written = new Levels();
        using var loggers = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(written));
        var log = new HealthLog(loggers.CreateLogger<HealthLog>());

        log.Report(Report(HealthStatus.Unhealthy));
        log.Report(Report(HealthStatus.Unhealthy));
        log.Report(Report(HealthStatus.Healthy));
        log.Report(Report(HealthStatus.Unhealthy));

        Assert.Equal([LogLevel.Information, LogLevel.Information, LogLevel.Warning], written);
    }

    private static HealthReport Report(HealthStatus status) => new(
        new Dictionary<string, HealthReportEntry> { ["decoders"] = new(status, "decoders: starting", TimeSpan.Zero, null, null) }, TimeSpan.Zero);

    private sealed class Levels : List<LogLevel>, ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Add(logLevel);

        public void Dispose()
        {
        }
    }
}
