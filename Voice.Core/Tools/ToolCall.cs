using System.Text.Json;

namespace Voice.Core.Tools;

/// <param name="Id">Of this call, unique in the session; the same for a call that is made again.</param>
/// <param name="Arguments">A JSON object that fits the top level of the tool's schema.</param>
public sealed record ToolCall(string Id, ToolDefinition Tool, JsonElement Arguments);
