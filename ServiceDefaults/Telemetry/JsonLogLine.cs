using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Voice.ServiceDefaults.Telemetry;

/// <summary>
/// One flat JSON object a line: <c>timestamp, level, service, category, event, message, trace_id, span_id</c>, then the values of the
/// message and of the scopes around it (<c>request_id</c>, …) by their names, then <c>exception</c>. A thread has one and uses it again and again:
/// the access log alone is a line for every request.
/// </summary>
internal sealed class JsonLogLine
{
    private const int LongestKept = 64 * 1024;

    // Names are those of templates and scopes in code, a few hundred; should somebody make them of data, the rest is converted each time.
    private const int MostNames = 2_000;

    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
    private static readonly JsonWriterOptions Format = new() { Encoder = Encoder, SkipValidation = true };

    // What the framework puts into scopes and states that the object has already, or that repeats the message.
    private static readonly HashSet<string> Known =
        ["{OriginalFormat}", "SpanId", "TraceId", "ParentId", "ConnectionId", "RequestId", "RequestPath", "timestamp", "level", "message"];

    private static readonly ConcurrentDictionary<string, JsonEncodedText?> Names = new(StringComparer.Ordinal);

    private static readonly JsonEncodedText Timestamp = Encoded("timestamp");
    private static readonly JsonEncodedText Level = Encoded("level");
    private static readonly JsonEncodedText Service = Encoded("service");
    private static readonly JsonEncodedText Category = Encoded("category");
    private static readonly JsonEncodedText Event = Encoded("event");
    private static readonly JsonEncodedText Message = Encoded("message");
    private static readonly JsonEncodedText TraceId = Encoded("trace_id");
    private static readonly JsonEncodedText SpanId = Encoded("span_id");
    private static readonly JsonEncodedText Failure = Encoded("exception");
    private static readonly JsonEncodedText[] Levels = [.. new[] { "trace", "debug", "information", "warning", "error", "critical" }.Select(Encoded)];

    [ThreadStatic]
    private static JsonLogLine? _ofThread;

    private readonly List<(JsonEncodedText Name, object? Value)> _values = [];
    private ArrayBufferWriter<byte> _buffer = new(1024);
    private readonly Utf8JsonWriter _json;

    private JsonLogLine() => _json = new Utf8JsonWriter(_buffer, Format);

    public static JsonEncodedText Encoded(string text) => JsonEncodedText.Encode(text, Encoder);

    /// <summary>The line with its end, good until this thread writes the next.</summary>
    public static ReadOnlySpan<byte> Write<TState>(
        DateTimeOffset time, LogLevel level, JsonEncodedText service, JsonEncodedText category, string? eventName, string? message, TState state,
        IExternalScopeProvider? scopes, Exception? exception)
    {
        // What is logged may log by itself while it is made into text; that is a line of its own.
        var line = _ofThread ?? new JsonLogLine();
        _ofThread = null;
        var bytes = line.WriteLine(time, level, service, category, eventName, message, state, scopes, exception);
        _ofThread = line;
        return bytes;
    }

    private ReadOnlySpan<byte> WriteLine<TState>(
        DateTimeOffset time, LogLevel level, JsonEncodedText service, JsonEncodedText category, string? eventName, string? message, TState state,
        IExternalScopeProvider? scopes, Exception? exception)
    {
        Begin();
        _json.WriteStartObject();
        _json.WriteString(Timestamp, time.UtcDateTime);
        _json.WriteString(Level, Levels[(int)level]);
        _json.WriteString(Service, service);
        _json.WriteString(Category, category);
        if (eventName is not null)
        {
            _json.WriteString(Event, eventName);
        }

        _json.WriteString(Message, message);
        if (Activity.Current is { } activity)
        {
            _json.WriteString(TraceId, activity.TraceId.ToHexString());
            _json.WriteString(SpanId, activity.SpanId.ToHexString());
        }

        scopes?.ForEachScope(static (scope, line) => line.Collect(scope), this);
        Collect(state);
        foreach (var (name, value) in _values)
        {
            WriteValue(name, value);
        }

        if (exception is not null)
        {
            _json.WriteString(Failure, exception.ToString());
        }

        _json.WriteEndObject();
        _json.Flush();
        _buffer.Write("\n"u8);
        return _buffer.WrittenSpan;
    }

    private void Begin()
    {
        _values.Clear();
        if (_buffer.Capacity > LongestKept)
        {
            _buffer = new ArrayBufferWriter<byte>(1024);
        }

        _buffer.ResetWrittenCount();
        // Whatever state an exception left it in, too.
        _json.Reset(_buffer);
    }

    private void Collect(object? state)
    {
        // By index: the states of generated log methods and of our scopes are lists, and an enumerator would be an object.
        if (state is IReadOnlyList<KeyValuePair<string, object?>> list)
        {
            for (var i = 0; i < list.Count; i++)
            {
                Collect(list[i]);
            }
        }
        else if (state is IEnumerable<KeyValuePair<string, object?>> pairs)
        {
            foreach (var pair in pairs)
            {
                Collect(pair);
            }
        }
    }

    /// <summary>A name that occurs in several scopes is written once, with the innermost value.</summary>
    private void Collect(KeyValuePair<string, object?> pair)
    {
        if (NameOf(pair.Key) is not { } name)
        {
            return;
        }

        for (var i = 0; i < _values.Count; i++)
        {
            if (_values[i].Name.Equals(name))
            {
                _values[i] = (name, pair.Value);
                return;
            }
        }

        _values.Add((name, pair.Value));
    }

    private void WriteValue(JsonEncodedText name, object? value)
    {
        Span<byte> text = stackalloc byte[64];
        switch (value)
        {
            case null: _json.WriteNull(name); break;
            case string said: _json.WriteString(name, said); break;
            case bool flag: _json.WriteBoolean(name, flag); break;
            case int number: _json.WriteNumber(name, number); break;
            case long number: _json.WriteNumber(name, number); break;
            case double number when double.IsFinite(number): _json.WriteNumber(name, number); break;
            case IUtf8SpanFormattable formattable when formattable.TryFormat(text, out var length, default, CultureInfo.InvariantCulture): _json.WriteString(name, text[..length]); break;
            case IFormattable formattable: _json.WriteString(name, formattable.ToString(null, CultureInfo.InvariantCulture)); break;
            default: _json.WriteString(name, value.ToString()); break;
        }
    }

    /// <summary>Null for what is left out.</summary>
    private static JsonEncodedText? NameOf(string key)
    {
        if (Names.TryGetValue(key, out var name))
        {
            return name;
        }

        name = Known.Contains(key) ? null : Encoded(JsonNamingPolicy.SnakeCaseLower.ConvertName(key));
        if (Names.Count < MostNames)
        {
            Names[key] = name;
        }

        return name;
    }
}
