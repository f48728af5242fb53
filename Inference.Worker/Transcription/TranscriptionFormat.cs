namespace Voice.Inference.Transcription;

internal enum TranscriptionFormat
{
    Json,
    Text,
    VerboseJson,
    Srt,
    Vtt,

    /// <summary>Who said what, each channel a speaker.</summary>
    DiarizedJson,
}
