namespace Voice.Core.Audio;

public enum WavEncoding
{
    Pcm,
    Float,
    ALaw,
    MuLaw,
}
