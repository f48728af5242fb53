using Voice.Core.Resilience;
using Voice.Core.Tools;

namespace Voice.Core.Conversations;

/// <summary>Who answers.</summary>
/// <param name="Mode"><c>agent</c>, <c>interpreter</c>, <c>companion</c>, or <c>transcription</c>, which never answers.</param>
/// <param name="Language">BCP-47 language the user speaks.</param>
/// <param name="TargetLanguage">The other language of an interpreter.</param>
/// <param name="Greeting">Spoken first where the session asks for it.</param>
public sealed record AgentProfile(
    string Mode,
    string Language,
    string? TargetLanguage,
    string Instructions,
    string Greeting,
    string? Voice,
    string? TranscriptionModel,
    string? ChatModel,
    string? SpeechModel,
    IReadOnlyList<Knowledge> Knowledge)
{
    /// <summary>The agent's own, run by the server. Needs <see cref="ConversationProviders.Tools"/>.</summary>
    public IReadOnlyList<ToolDefinition> Tools { get; init; } = [];

    /// <summary>Models that stand in for those above.</summary>
    public ModelFallbacks Fallbacks { get; init; } = ModelFallbacks.None;
}

public sealed record Knowledge(string Title, string Text);
