namespace Voice.Inference.ModelServers;

internal enum ModelWarmUp
{
    None,

    /// <summary>One token.</summary>
    Chat,

    /// <summary>A second of silence.</summary>
    Transcription,
}
