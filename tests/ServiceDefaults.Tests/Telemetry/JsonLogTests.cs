using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
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
    public void A_name_that_occurs_again_is_written_once_with_the_innermost_value()
    {
        using var outer = _scopes.Push(new Dictionary<string, object?> { ["session_id"] = "outer", ["turn"] = 1 });
        using var inner = _scopes.Push(new List<KeyValuePair<string, object?>> { new("session_id", "inner") });
        var line = Write(LogLevel.Information, "m", null, ("Turn", 2L));
        Assert.EndsWith(""","message":"m","session_id":"inner","turn":2}""", line, StringComparison.Ordinal);
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
        var address = System.Net.IPAddress.Parse("192.0.2.1");
        var line = Write(
            LogLevel.Error, "a\n\"b\" \u0007 한", new InvalidOperationException("multi\nline"), ("Odd", double.NaN), ("Null", null), ("Object", new Uri("http://x/y")), ("Address", address),
            ("Text", "a\n\"b\" \u0007 한"), ("Flag", true));
        Assert.DoesNotContain('\n', line);
        var json = JsonNode.Parse(line)!;
        Assert.Equal("a\n\"b\" \u0007 한", json["message"]!.GetValue<string>());
        Assert.Equal("a\n\"b\" \u0007 한", json["text"]!.GetValue<string>());
        Assert.Contains("multi\nline", json["exception"]!.GetValue<string>());
        Assert.Null(json["null"]);
        Assert.Equal("http://x/y", json["object"]!.GetValue<string>());
        Assert.Equal("192.0.2.1", json["address"]!.GetValue<string>());
        Assert.True(json["flag"]!.GetValue<bool>());
    }

    [Fact]
    public void What_is_logged_while_a_value_becomes_text_does_not_mix_with_the_line_around_it()
    {
        var line = Write(LogLevel.Information, "outer", null, ("Value", new Talkative(() => Write(LogLevel.Information, "inner", null, ("Other", 1)))));
        var json = JsonNode.Parse(line)!;
        Assert.Equal(("outer", "said", true), (json["message"]!.GetValue<string>(), json["value"]!.GetValue<string>(), json["other"] is null));
    }

    private string Write(LogLevel level, string message, Exception? exception, params (string Key, object? Value)[] values)
    {
        var state = values.Select(value => KeyValuePair.Create(value.Key, value.Value)).ToList();
        var line = JsonLogLine.Write(
            _time.GetUtcNow(), level, JsonLogLine.Encoded("voice-api"), JsonLogLine.Encoded("Voice.Api.X"), "TurnTook", message, state, _scopes, exception);
        return Encoding.UTF8.GetString(line).TrimEnd('\n');
    }

    private sealed class Talkative(Func<string> log)
    {
        public override string ToString()
        {
            log();
            return "said";
        }
    }
}
