namespace Voice.Core.Tools;

/// <param name="Output">For the model: what came of the call, or why nothing did. JSON or plain text.</param>
public sealed record ToolResult(string Output, bool Failed = false);
