namespace Voice.Api.Agents;

/// <summary>Models an agent asks for by name; null is the platform's default.</summary>
internal sealed record AgentModels(string? Transcription, string? Chat, string? Speech);
