using System.Text;
using System.Text.Json;

namespace Aspire.Hosting.Running;

/// <summary>A line of a service's output as a person reads it.</summary>
internal sealed record LogLine(string Level, string Category, string Text)
{
    public bool IsProblem => Level is "Warning" or "Error" or "Critical";

    /// <summary>Services log one JSON object a line; anything else they print is shown as it is.</summary>
    public static LogLine Parse(string line)
    {
        if (!line.StartsWith('{'))
        {
            return new("", "", line);
        }

        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            var text = new StringBuilder(Member(root, "Message"));
            if (Member(root, "Exception") is { Length: > 0 } exception)
            {
                text.Append('\n').Append(exception);
            }

            return new(Member(root, "LogLevel"), Member(root, "Category"), text.ToString());
        }
        catch (JsonException)
        {
            return new("", "", line);
        }
    }

    /// <summary>What the console shows: the services' own words and every problem; the framework's chatter stays in the log file.</summary>
    public bool IsForConsole => IsProblem || (Level is "" or "Information"
        && !Category.StartsWith("Microsoft.", StringComparison.Ordinal)
        && !Category.StartsWith("System.", StringComparison.Ordinal)
        && !Category.StartsWith("Yarp.", StringComparison.Ordinal));

    private static string Member(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
