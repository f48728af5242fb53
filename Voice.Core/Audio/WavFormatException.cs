namespace Voice.Core.Audio;

/// <summary>Bytes that are no WAV file this code can play. The message names what is wrong and is safe to show.</summary>
public sealed class WavFormatException(string message) : Exception(message);
