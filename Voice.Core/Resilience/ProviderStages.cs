namespace Voice.Core.Resilience;

public static class ProviderStages
{
    /// <summary>For clients and metrics.</summary>
    public static string Name(this ProviderStage stage) => stage switch
    {
        ProviderStage.Transcription => "transcription",
        ProviderStage.Chat => "chat",
        ProviderStage.Speech => "speech",
        _ => "translation",
    };
}
