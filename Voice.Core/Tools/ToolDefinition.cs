using System.Text.Json;

namespace Voice.Core.Tools;

/// <summary>A function the model may call.</summary>
/// <param name="Name">1 to 64 letters, digits, underscores and dashes.</param>
/// <param name="Parameters">JSON schema of the arguments, an object.</param>
public sealed record ToolDefinition(string Name, string Description, JsonElement Parameters)
{
    public static readonly JsonElement NoParameters = JsonDocument.Parse("""{"type":"object","properties":{}}""").RootElement;

    /// <summary>How long a call may take. Has no meaning for a tool that the client runs.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Said while a call takes long; null for a phrase of the platform's. Has no meaning for a tool that the client runs.</summary>
    public string? Filler { get; init; }
}
