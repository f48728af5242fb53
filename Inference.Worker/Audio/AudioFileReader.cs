using System.Diagnostics;
using Voice.Core.Audio;

namespace Voice.Inference.Audio;

/// <summary>
/// An uploaded file to mono samples. WAV is read here; FLAC, Ogg and MP3 by sox in a child process with bounded memory, time and output, since
/// their decoders are C code and the files are a stranger's. The bytes decide what a file is, not its name.
/// </summary>
internal sealed class AudioFileReader(TimeProvider time)
{
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    private const int OutputRate = 16_000;
    private const string Accepted = "Accepted: WAV (PCM, float, A-law, mu-law), FLAC, Ogg Vorbis, MP3.";
    private static readonly TimeSpan DecodeTimeout = TimeSpan.FromSeconds(20);

    public async Task<WavAudio> ReadAsync(ReadOnlyMemory<byte> file, CancellationToken cancellationToken)
    {
        var audio = Sniff(file.Span) switch
        {
            null => throw new AudioFormatException($"The file is not audio in a format that is read here. {Accepted}"),
            "wav" => WavReader.Read(file.Span),
            var type => await DecodeAsync(type, file, cancellationToken),
        };
        if (audio.Duration > Longest)
        {
            throw new AudioFormatException($"The audio is longer than {Longest.TotalMinutes:0} min.");
        }

        return StreamingResampler.Supports(audio.SampleRate, OutputRate)
            ? audio
            : throw new AudioFormatException($"A sample rate of {audio.SampleRate} Hz is not supported.");
    }

    private static string? Sniff(ReadOnlySpan<byte> file) =>
        file.StartsWith("RIFF"u8) || file.StartsWith("RIFX"u8) ? "wav"
        : file.StartsWith("fLaC"u8) ? "flac"
        : file.StartsWith("OggS"u8) ? "ogg"
        : file.StartsWith("ID3"u8) || (file.Length > 2 && file[0] == 0xFF && (file[1] & 0xE6) == 0xE2) ? "mp3"
        : null;

    private async Task<WavAudio> DecodeAsync(string type, ReadOnlyMemory<byte> file, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(DecodeTimeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        using var process = Start(type);
        try
        {
            var feed = FeedAsync(process, file, stop.Token);
            var pcm = await ReadAllAsync(process.StandardOutput.BaseStream, stop.Token);
            await feed;
            await process.WaitForExitAsync(stop.Token);
            return pcm.Length > 0
                ? new WavAudio(Pcm16.Samples(pcm.AsSpan()).ToArray(), OutputRate)
                : throw new AudioFormatException($"The {type.ToUpperInvariant()} file is damaged, or this server has no decoder for it. {Accepted}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new AudioFormatException("The file takes too long to decode.");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    /// <summary>prlimit bounds what a decoder that was led astray can take: 512 MB of memory, 15 s of processor, no files.</summary>
    private static Process Start(string type)
    {
        var start = new ProcessStartInfo("prlimit")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        string[] arguments =
        [
            "--as=536870912", "--cpu=15", "--fsize=0", "--core=0", "sox", "-V0", "-t", type, "-", "-t", "raw", "-e", "signed", "-b", "16", "-c", "1",
            "-r", $"{OutputRate}", "-D", "-",
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/bin:/bin";
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new AudioFormatException("This server has no decoder for that format (sox is not installed); send WAV.");
        }
    }

    private static async Task FeedAsync(Process process, ReadOnlyMemory<byte> file, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(file, cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // sox has seen enough: it refuses the file, and its empty output says so.
        }
    }

    private static async Task<byte[]> ReadAllAsync(Stream output, CancellationToken cancellationToken)
    {
        var most = Pcm16.Length(Longest, OutputRate);
        using var pcm = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (await output.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            pcm.Write(buffer, 0, read);
            if (pcm.Length > most)
            {
                throw new AudioFormatException($"The audio is longer than {Longest.TotalMinutes:0} min.");
            }
        }

        return pcm.ToArray();
    }
}
