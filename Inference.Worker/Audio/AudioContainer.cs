namespace Voice.Inference.Audio;

/// <summary>What a file is by its first bytes: never by its name, which is a stranger's.</summary>
/// <param name="Name">For messages.</param>
/// <param name="Demuxer">ffmpeg's, the only one that it may use for the file; formats that name other files are not among them.</param>
/// <param name="Seeks">Whether what says where the samples are may come after them, so that the whole file is needed.</param>
internal sealed record AudioContainer(string Name, string Demuxer, bool Seeks = false)
{
    public const string Accepted = "WAV, MP3, FLAC, Ogg (Opus, Vorbis), WebM, MP4/M4A, AAC, AIFF, AMR, AU, CAF and W64";

    /// <summary>Bytes that <see cref="Of"/> looks at.</summary>
    public const int Looks = 16;

    public static readonly AudioContainer Wav = new("WAV", "wav");

    private static readonly AudioContainer Flac = new("FLAC", "flac");
    private static readonly AudioContainer Ogg = new("Ogg", "ogg");
    private static readonly AudioContainer WebM = new("WebM", "matroska");
    private static readonly AudioContainer Mp4 = new("MP4", "mov", Seeks: true);
    private static readonly AudioContainer Mp3 = new("MP3", "mp3");
    private static readonly AudioContainer Aac = new("AAC", "aac");
    private static readonly AudioContainer Amr = new("AMR", "amr");
    private static readonly AudioContainer Aiff = new("AIFF", "aiff", Seeks: true);
    private static readonly AudioContainer Au = new("AU", "au");
    private static readonly AudioContainer Caf = new("CAF", "caf", Seeks: true);
    private static readonly AudioContainer W64 = new("W64", "w64");

    /// <param name="start">The file's first <see cref="Looks"/> bytes, or all it has.</param>
    /// <returns>Null for what is no audio that is read here.</returns>
    public static AudioContainer? Of(ReadOnlySpan<byte> start) =>
        start.StartsWith("RIFF"u8) || start.StartsWith("RIFX"u8) || start.StartsWith("RF64"u8) ? Wav
        : start.StartsWith("fLaC"u8) ? Flac
        : start.StartsWith("OggS"u8) ? Ogg
        : start.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3]) ? WebM
        : start.Length >= 8 && start[4..].StartsWith("ftyp"u8) ? Mp4
        : start.StartsWith("ID3"u8) ? Mp3
        : start.StartsWith("#!AMR"u8) ? Amr
        : start.Length >= 12 && start.StartsWith("FORM"u8) && start[8..].StartsWith("AIF"u8) ? Aiff
        : start.StartsWith(".snd"u8) ? Au
        : start.StartsWith("caff"u8) ? Caf
        : start.StartsWith((ReadOnlySpan<byte>)[0x72, 0x69, 0x66, 0x66, 0x2E, 0x91, 0xCF, 0x11]) ? W64
        // MPEG frames begin with eleven bits of ones; a layer of 0 is AAC's.
        : start.Length < 2 || start[0] != 0xFF || (start[1] & 0xE0) != 0xE0 ? null
        : (start[1] & 0x06) != 0 ? Mp3
        : (start[1] & 0xF0) == 0xF0 ? Aac : null;
}
