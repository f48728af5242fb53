namespace Voice.Inference.Audio;

/// <summary>What a file may be at most.</summary>
/// <param name="Longest">Of the sound, over which it is refused as soon as that is known.</param>
/// <param name="LargestFile">Of a container that must be kept whole while it is decoded (MP4); others are read as they come.</param>
internal sealed record AudioBounds(TimeSpan Longest, long LargestFile)
{
    public const int MostChannels = 8;
}
