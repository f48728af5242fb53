using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Voice.ServiceDefaults.Telemetry;

namespace ServiceDefaults.Tests.Telemetry;

public sealed class JsonLogTests
{
    private readonly LoggerExternalScopeProvider _scopes = new();
    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 5, 1, 10, 0, 0, TimeSpan.Zero));

    [Fact]
    public void A_line_is_one_flat_object_with_the_values_of_message_and_scopes()
    {
        using var outer = _scopes.Push(new Dictionary<string, object?> { ["request_id"] = "req_1", ["SpanId"] = "framework's own" });
        using var inner = _scopes.Push(new Dictionary<string, object?> { ["session_id"] = "sess_1" });
        var line = Write(LogLevel.Warning, "Turn 3 took 12.5 ms", null, ("TurnNumber", 3), ("Milliseconds", 12.5), ("{OriginalFormat}", "Turn {TurnNumber} took {Milliseconds} ms"));
        Assert.Equal(
            """{"timestamp":"2026-05-01T10:00:00Z","level":"warning","service":"voice-api","category":"Voice.Api.X","event":"TurnTook","message":"Turn 3 took 12.5 ms","request_id":"req_1","session_id":"sess_1","turn_number":3,"milliseconds":12.5}""",
            line);
    }

    [Fact]
    public void A_line_names_the_trace_it_is_part_of()
    {
        using var activity = new Activity("a").SetIdFormat(ActivityIdFormat.W3C).Start();
        var json = JsonNode.Parse(Write(LogLevel.Information, "m", null))!;
        Assert.Equal(activity.TraceId.ToHexString(), json["trace_id"]!.GetValue<string>());
        Assert.Equal(activity.SpanId.ToHexString(), json["span_id"]!.GetValue<string>());
    }

    [Fact]
    public void Whatever_is_logged_stays_one_line_of_valid_json()
    {
        var line = Write(LogLevel.Error, "a\n\"b\" \u0007 한", new InvalidOperationException("multi\nline"), ("Odd", double.NaN), ("Null", null), ("Object", new Uri("http://x/y")));
        Assert.DoesNotContain('\n', line);
        var json = JsonNode.Parse(line)!;
        Assert.Equal("a\n\"b\" \u0007 한", json["message"]!.GetValue<string>());
        Assert.Contains("multi\nline", json["exception"]!.GetValue<string>());
        Assert.Null(json["null"]);
        Assert.Equal("http://x/y", json["object"]!.GetValue<string>());
    }

    private string Write(LogLevel level, string message, Exception? exception, params (string Key, object? Value)[] values)
    {
        var formatter = new JsonLogFormatter(
            new HostingEnvironment { ApplicationName = "voice-api" }, _time, new Options());
        var state = values.Select(value => KeyValuePair.Create(value.Key, value.Value)).ToList();
        var writer = new StringWriter();
        formatter.Write(
            new LogEntry<List<KeyValuePair<string, object?>>>(level, "Voice.Api.X", new EventId(1, "TurnTook"), state, exception, (_, _) => message), _scopes, writer);
        return writer.ToString().TrimEnd('\n');
    }

    private sealed class Options : IOptionsMonitor<ConsoleFormatterOptions>
    {
        public ConsoleFormatterOptions CurrentValue { get; } = new() { IncludeScopes = true };

        public ConsoleFormatterOptions Get(string? name) => CurrentValue;

        public IDisposable? OnChange(Action<ConsoleFormatterOptions, string?> listener) => null;
    }
}
