using Microsoft.Extensions.Options;
using Voice.Inference.Processes;

namespace Voice.Inference.Audio;

/// <summary>
/// ffmpeg, as a child that may do nothing but read the bytes it is given and write others: its decoders are C code, and the files are a
/// stranger's. prlimit bounds its memory and processor time and keeps it from writing files; it speaks no network protocol, opens no other
/// file, and knows only the one container and the audio codecs that it is started for.
/// </summary>
internal sealed class Ffmpeg(IOptions<FfmpegOptions> options)
{
    private const long MaxMemory = 768L * 1024 * 1024;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    // Those of the containers that are read; video and pictures are never decoded.
    private const string Codecs =
        "aac,alac,amrnb,amrwb,flac,mp1float,mp2float,mp3float,mp3,opus,vorbis,adpcm_ima_qt,adpcm_ima_wav,adpcm_ms,adpcm_g722,adpcm_g726,adpcm_g726le,"
        + "adpcm_yamaha,adpcm_swf,gsm,gsm_ms,truespeech,g723_1,g729,pcm_alaw,pcm_mulaw,pcm_u8,pcm_s8,pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,"
        + "pcm_s32be,pcm_f32le,pcm_f32be,pcm_f64le,pcm_f64be";

    private readonly SemaphoreSlim _decoders = new(options.Value.MaxDecoders, options.Value.MaxDecoders);
    private readonly SemaphoreSlim _encoders = new(options.Value.MaxEncoders, options.Value.MaxEncoders);
    private readonly string? _path = Find(options.Value.Path);

    public bool IsInstalled => _path is not null;

    public TimeSpan Stall => options.Value.Stall;

    /// <summary>WAV, 16 bit, all channels of the file, from its first audio stream.</summary>
    /// <param name="input"><c>pipe:0</c>, or a file of ours.</param>
    /// <param name="longest">What of the file's length is wanted at most; its processor time is measured by it.</param>
    public Task<FfmpegProcess> DecodeAsync(AudioContainer container, string input, int sampleRate, TimeSpan longest, CancellationToken cancellationToken) => StartAsync(
        _decoders,
        "decoders",
        TimeSpan.FromSeconds(30) + (longest / 20),
        [
            "-threads", "1", "-protocol_whitelist", "pipe,file", "-format_whitelist", container.Demuxer, "-codec_whitelist", Codecs, "-f", container.Demuxer,
            "-i", input, "-map", "0:a:0", "-map_metadata", "-1", "-vn", "-sn", "-dn",
            // A file of which more than this cannot be decoded is damaged; its transcript would be of the rest.
            "-max_error_rate", "0.1", "-ar", $"{sampleRate}", "-fflags", "+bitexact", "-c:a", "pcm_s16le", "-f", "wav", "pipe:1",
        ],
        cancellationToken);

    /// <summary>From 16-bit mono PCM.</summary>
    public Task<FfmpegProcess> EncodeAsync(string codec, string muxer, int bitRate, int sampleRate, TimeSpan longest, CancellationToken cancellationToken) => StartAsync(
        _encoders,
        "encoders",
        TimeSpan.FromSeconds(30) + (longest / 5),
        [
            // Without probing, which would wait for seconds of a stream whose format is known.
            "-threads", "1", "-probesize", "32", "-analyzeduration", "0", "-protocol_whitelist", "pipe", "-f", "s16le", "-ar", $"{sampleRate}", "-ac", "1", "-i", "pipe:0",
            "-map_metadata", "-1", "-c:a", codec, .. bitRate > 0 ? (string[])["-b:a", $"{bitRate}"] : [], "-flush_packets", "1", "-f", muxer, "pipe:1",
        ],
        cancellationToken);

    private async Task<FfmpegProcess> StartAsync(SemaphoreSlim places, string what, TimeSpan processor, string[] arguments, CancellationToken cancellationToken)
    {
        var path = _path ?? throw new AudioFormatException("This server has no ffmpeg.");
        if (!await places.WaitAsync(options.Value.Queue, cancellationToken))
        {
            throw new EngineSaturatedException(what, what == "decoders" ? options.Value.MaxDecoders : options.Value.MaxEncoders, RetryAfter);
        }

        try
        {
            return FfmpegProcess.Start(
                [$"--as={MaxMemory}", $"--cpu={processor.TotalSeconds:0}", "--fsize=0", "--core=0", "--nofile=32", path, "-nostdin", "-hide_banner", "-v", "error", .. arguments],
                () => places.Release());
        }
        catch
        {
            places.Release();
            throw;
        }
    }

    private static string? Find(string program) =>
        program.Contains('/', StringComparison.Ordinal)
            ? File.Exists(program) ? program : null
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Where(folder => folder.StartsWith('/')).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
