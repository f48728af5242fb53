namespace Voice.Inference.Providers;

internal enum Capability
{
    Transcription,
    Speech,
    Chat,
    Translation,
}
