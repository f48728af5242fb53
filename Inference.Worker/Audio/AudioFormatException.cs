namespace Voice.Inference.Audio;

/// <summary>Bytes that are no audio this server reads. The message is safe to show.</summary>
internal sealed class AudioFormatException(string message, Exception? innerException = null) : Exception(message, innerException);
