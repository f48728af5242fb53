namespace Voice.Core.Resilience;

/// <summary>What is asked of a provider.</summary>
public enum ProviderStage
{
    Transcription,
    Chat,
    Speech,
    Translation,
}
