namespace Voice.Core.Audio;

/// <summary>Bytes that are no WAV file this code can play. The message names what is wrong and where, and is safe to show.</summary>
public sealed class WavFormatException(string message) : Exception(message)
{
    /// <summary>The format tag, where the file is in order but in an encoding that only a decoder of many formats reads.</summary>
    public int? UnreadEncoding { get; init; }
}
