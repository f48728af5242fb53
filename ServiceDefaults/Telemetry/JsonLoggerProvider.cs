using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Voice.ServiceDefaults.Telemetry;

/// <summary>The log on standard output, in place of the framework's console: that writes each line by itself, which was an eighth of what a proxied request cost.</summary>
[ProviderAlias("Console")]
internal sealed class JsonLoggerProvider(IHostEnvironment environment, TimeProvider time, LogOutput output) : ILoggerProvider, ISupportExternalScope
{
    private readonly JsonEncodedText _service = JsonLogLine.Encoded(environment.ApplicationName);
    private IExternalScopeProvider? _scopes;

    public ILogger CreateLogger(string categoryName) => new Logger(this, JsonLogLine.Encoded(categoryName));

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    // The output has an owner.
    public void Dispose()
    {
    }

    private sealed class Logger(JsonLoggerProvider provider, JsonEncodedText category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => provider._scopes?.Push(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel) || (formatter(state, exception) is var message && message is null && exception is null))
            {
                return;
            }

            var line = JsonLogLine.Write(provider.Now, logLevel, provider._service, category, eventId.Name, message, state, provider._scopes, exception);
            provider.Write(line, logLevel);
        }
    }

    private DateTimeOffset Now => time.GetUtcNow();

    private void Write(ReadOnlySpan<byte> line, LogLevel level) => output.Write(line, matters: level >= LogLevel.Warning);
}
