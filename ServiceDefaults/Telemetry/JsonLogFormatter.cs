using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace Voice.ServiceDefaults.Telemetry;

/// <summary>
/// One flat JSON object a line: <c>timestamp, level, service, category, event, message, trace_id, span_id</c>, then the values of the
/// message and of the scopes around it (<c>request_id</c>, …) by their names, then <c>exception</c>.
/// </summary>
internal sealed class JsonLogFormatter(IHostEnvironment environment, TimeProvider timeProvider, IOptionsMonitor<ConsoleFormatterOptions> options)
    : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "voice";

    private static readonly JsonWriterOptions Format = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    // What the framework puts into scopes and states that the object has already, or that repeats the message.
    private static readonly HashSet<string> Known =
        ["{OriginalFormat}", "SpanId", "TraceId", "ParentId", "ConnectionId", "RequestId", "RequestPath", "timestamp", "level", "message"];

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        if (message is null && logEntry.Exception is null)
        {
            return;
        }

        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Format))
        {
            json.WriteStartObject();
            json.WriteString("timestamp", timeProvider.GetUtcNow().UtcDateTime);
            json.WriteString("level", NameOf(logEntry.LogLevel));
            json.WriteString("service", environment.ApplicationName);
            json.WriteString("category", logEntry.Category);
            if (logEntry.EventId.Name is { } name)
            {
                json.WriteString("event", name);
            }

            json.WriteString("message", message);
            if (Activity.Current is { } activity)
            {
                json.WriteString("trace_id", activity.TraceId.ToHexString());
                json.WriteString("span_id", activity.SpanId.ToHexString());
            }

            WriteValues(json, logEntry.State, scopeProvider);
            if (logEntry.Exception is { } exception)
            {
                json.WriteString("exception", exception.ToString());
            }

            json.WriteEndObject();
        }

        textWriter.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    private void WriteValues<TState>(Utf8JsonWriter json, TState state, IExternalScopeProvider? scopes)
    {
        // A name that occurs in several scopes is written once, with the innermost value.
        var values = new Dictionary<string, object?>();
        if (options.CurrentValue.IncludeScopes)
        {
            scopes?.ForEachScope(static (scope, into) => Collect(scope, into), values);
        }

        Collect(state, values);
        foreach (var (name, value) in values)
        {
            WriteValue(json, name, value);
        }
    }

    private static void Collect(object? state, Dictionary<string, object?> into)
    {
        if (state is IEnumerable<KeyValuePair<string, object?>> pairs)
        {
            foreach (var (name, value) in pairs)
            {
                if (!Known.Contains(name))
                {
                    into[JsonNamingPolicy.SnakeCaseLower.ConvertName(name)] = value;
                }
            }
        }
    }

    private static void WriteValue(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case null: json.WriteNull(name); break;
            case bool flag: json.WriteBoolean(name, flag); break;
            case int number: json.WriteNumber(name, number); break;
            case long number: json.WriteNumber(name, number); break;
            case double number when double.IsFinite(number): json.WriteNumber(name, number); break;
            case IFormattable formattable: json.WriteString(name, formattable.ToString(null, System.Globalization.CultureInfo.InvariantCulture)); break;
            default: json.WriteString(name, value.ToString()); break;
        }
    }

    private static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "information",
        LogLevel.Warning => "warning",
        LogLevel.Error => "error",
        _ => "critical",
    };
}
