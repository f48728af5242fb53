using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Voice.Cli.Replay;

/// <summary>A report for people: what is the same once, what is not on two lines, as a diff has it.</summary>
internal static class ReplayText
{
    public static string Format(string report)
    {
        using var document = JsonDocument.Parse(report);
        var root = document.RootElement;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{root.GetProperty("session_id").GetString()}: {root.GetProperty("duration_seconds").GetDouble():0.0} s, ");
        text.Append(CultureInfo.InvariantCulture, $"agent {root.GetProperty("agent_id").GetString()} version {root.GetProperty("recorded_version").GetInt32()}");
        text.AppendLine(root.GetProperty("model").GetString() == "live"
            ? string.Create(CultureInfo.InvariantCulture, $", replayed with version {root.GetProperty("agent_version").GetInt32()} and the real model")
            : ", replayed as recorded");
        if (!root.GetProperty("complete").GetBoolean())
        {
            text.AppendLine("The log broke off with its server: replayed up to there.");
        }

        foreach (var turn in root.GetProperty("turns").EnumerateArray())
        {
            Turn(text, turn);
        }

        return text.Append(root.GetProperty("identical").GetBoolean() ? "The same turns and replies." : "Not the same.").ToString();
    }

    private static void Turn(StringBuilder text, JsonElement turn)
    {
        var recorded = turn.GetProperty("recorded");
        var replayed = turn.GetProperty("replayed");
        text.AppendLine(CultureInfo.InvariantCulture, $"\nTurn {turn.GetProperty("sequence").GetInt32()}");
        Side(text, "you  ", "transcript", recorded, replayed);
        Side(text, "agent", "reply", recorded, replayed);
        foreach (var stage in Stages(recorded).Union(Stages(replayed)))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"    {stage,-18}{Milliseconds(recorded, stage),10}{Milliseconds(replayed, stage),10} ms");
        }
    }

    private static void Side(StringBuilder text, string who, string field, JsonElement recorded, JsonElement replayed)
    {
        var before = Text(recorded, field);
        var after = Text(replayed, field);
        if (before == after)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {who}  {before}");
            return;
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"- {who}  {before ?? "(no such turn)"}");
        text.AppendLine(CultureInfo.InvariantCulture, $"+ {who}  {after ?? "(no such turn)"}");
    }

    private static string? Text(JsonElement side, string field) => side.ValueKind == JsonValueKind.Object ? side.GetProperty(field).GetString() : null;

    private static IEnumerable<string> Stages(JsonElement side) =>
        side.ValueKind == JsonValueKind.Object ? side.GetProperty("latency_ms").EnumerateObject().Select(stage => stage.Name) : [];

    private static string Milliseconds(JsonElement side, string stage) =>
        side.ValueKind == JsonValueKind.Object && side.GetProperty("latency_ms").TryGetProperty(stage, out var value)
            ? value.GetDouble().ToString("0.#", CultureInfo.InvariantCulture)
            : "-";
}
