using Voice.Api.Agents;

namespace Voice.Api.Realtime;

/// <summary>Who listens in a transcription session: nobody's agent, that never answers.</summary>
internal static class TranscriptionAgent
{
    public const string Mode = "transcription";
    public const string DefaultLanguage = "en";

    public static AgentDefinition Create(string organizationId) => new(
        "transcription", organizationId, "Transcription", string.Empty, Mode, DefaultLanguage, null, string.Empty, string.Empty, null, new AgentModels(null, null, null), []);
}
