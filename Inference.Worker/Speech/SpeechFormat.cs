namespace Voice.Inference.Speech;

/// <param name="Codec">ffmpeg's; null where the samples are sent as they are.</param>
internal sealed record SpeechFormat(string Name, string ContentType, string? Codec = null, string Muxer = "", int BitRate = 0)
{
    public static readonly SpeechFormat Pcm = new("pcm", "audio/pcm");
    public static readonly SpeechFormat Wav = new("wav", "audio/wav");
    public static readonly SpeechFormat Mp3 = new("mp3", "audio/mpeg", "libmp3lame", "mp3", 64_000);

    private static readonly SpeechFormat[] All =
    [
        Mp3,
        new("opus", "audio/ogg", "libopus", "ogg", 32_000),
        new("aac", "audio/aac", "aac", "adts", 64_000),
        new("flac", "audio/flac", "flac", "flac"),
        Wav,
        Pcm,
    ];

    public static string Names { get; } = string.Join(", ", All.Select(format => format.Name));

    public static SpeechFormat? Named(string name) => Array.Find(All, format => format.Name == name);
}
