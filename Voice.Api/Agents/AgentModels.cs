using Voice.Core.Resilience;

namespace Voice.Api.Agents;

/// <summary>Models an agent asks for by name; null is the platform's default.</summary>
internal sealed record AgentModels(string? Transcription, string? Chat, string? Speech)
{
    /// <summary>Asked in this order where those do not answer: <c>{"chat":"a","fallbacks":{"chat":["b","c"]}}</c>.</summary>
    public ModelFallbacks Fallbacks { get; init => field = value ?? ModelFallbacks.None; } = ModelFallbacks.None;
}
