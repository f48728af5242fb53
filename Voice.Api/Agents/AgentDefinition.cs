using System.Text.Json;

namespace Voice.Api.Agents;

/// <summary>Who answers in a session: mode, languages, instructions, voice and knowledge.</summary>
/// <param name="Mode"><c>agent</c>, <c>interpreter</c> or <c>companion</c>.</param>
/// <param name="Language">BCP-47 language the user speaks.</param>
/// <param name="TargetLanguage">The other language of an interpreter; null otherwise.</param>
/// <param name="Greeting">What the agent says first; empty for nothing.</param>
/// <param name="Voice">Provider's voice name; null for the language's default.</param>
internal sealed record AgentDefinition(
    string Id,
    string OrganizationId,
    string Name,
    string Description,
    string Mode,
    string Language,
    string? TargetLanguage,
    string Instructions,
    string Greeting,
    string? Voice,
    AgentModels Models,
    IReadOnlyList<KnowledgeEntry> Knowledge)
{
    /// <summary>Grows with every change.</summary>
    public int Version { get; init; } = 1;

    public IReadOnlyList<AgentTool> Tools { get; init; } = [];

    /// <summary>How its sessions begin, in the form of <c>session.voiceaspire</c>.</summary>
    public JsonElement Conversation { get; init; }
}
