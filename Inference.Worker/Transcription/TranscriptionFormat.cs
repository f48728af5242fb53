namespace Voice.Inference.Transcription;

internal enum TranscriptionFormat
{
    Json,
    Text,
    VerboseJson,
    Srt,
    Vtt,
}
