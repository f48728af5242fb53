using System.Text;
using System.Text.Json;

namespace Aspire.Hosting.Running;

/// <summary>A line of a service's output as a person reads it.</summary>
internal sealed record LogLine(string Level, string Category, string Text)
{
    public bool IsProblem => Level is "warning" || IsError;

    public bool IsError => Level is "error" or "critical";

    /// <summary>Services log one JSON object a line (ServiceDefaults); anything else they print is shown as it is.</summary>
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
            var text = new StringBuilder(Member(root, "message"));
            if (Member(root, "exception") is { Length: > 0 } exception)
            {
                text.Append('\n').Append(exception);
            }

            return new(Member(root, "level").ToLowerInvariant(), Member(root, "category"), text.ToString());
        }
        catch (JsonException)
        {
            return new("", "", line);
        }
    }

    /// <summary>What the console shows: the services' own words and every problem; the framework's chatter stays in the log file.</summary>
    public bool IsForConsole => Level is ""
        || (IsProblem && !IsAboutHealth)
        || (Level is "information" && Category.StartsWith("Voice.", StringComparison.Ordinal));

    // The runner asks for health itself, from before there can be any.
    private bool IsAboutHealth => Category.StartsWith("Microsoft.Extensions.Diagnostics.HealthChecks.", StringComparison.Ordinal);

    private static string Member(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
