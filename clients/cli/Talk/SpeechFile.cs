using System.Buffers.Binary;
using Voice.Client;
using Voice.Core.Audio;

namespace Voice.Cli.Talk;

/// <summary>Reads speech to be played, and keeps replies.</summary>
internal static class SpeechFile
{
    /// <summary>An hour of CD audio; a session of the realtime protocol is not longer.</summary>
    private const long MaximumBytes = 700L * 1024 * 1024;

    /// <summary>
    /// Writers that stream cannot go back to fill in the length and leave about 2 or 4 GiB (or 0) there. A smaller number was meant.
    /// </summary>
    private const uint PlaceholderLength = 0x7F00_0000;

    /// <summary>16-bit little-endian mono PCM at the rate of the session.</summary>
    public static async Task<byte[]> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var length = new FileInfo(path).Length;
            if (length > MaximumBytes)
            {
                throw new CliException(ExitCode.BadFile, $"{path}: {length / 1024 / 1024} MiB is more than an hour of audio.");
            }

            return Decode(path, await File.ReadAllBytesAsync(path, cancellationToken));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CliException(ExitCode.BadFile, $"{path} cannot be read: {failure.Message}", failure);
        }
    }

    public static async Task WriteAsync(string path, ReadOnlyMemory<byte> pcm, CancellationToken cancellationToken)
    {
        try
        {
            await File.WriteAllBytesAsync(path, WavWriter.Write(pcm.Span, SpokenConversation.SampleRate), cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CliException(ExitCode.BadFile, $"{path} cannot be written: {failure.Message}", failure);
        }
    }

    private static byte[] Decode(string path, byte[] file)
    {
        try
        {
            var header = WavHeader.Parse(file);
            RefuseCutShort(path, file, header);
            if (!StreamingResampler.Supports(header.SampleRate, SpokenConversation.SampleRate))
            {
                throw new CliException(ExitCode.BadFile, $"{path}: a sample rate of {header.SampleRate} Hz is not supported.");
            }

            var audio = WavReader.Read(file);
            return audio.Samples.Length > 0
                ? audio.Resample(SpokenConversation.SampleRate).ToPcm()
                : throw new CliException(ExitCode.BadFile, $"{path} holds no audio.");
        }
        catch (WavFormatException failure)
        {
            throw new CliException(ExitCode.BadFile, $"{path}: {failure.Message}", failure);
        }
    }

    private static void RefuseCutShort(string path, byte[] file, WavHeader header)
    {
        var claim = file.AsSpan(header.DataOffset - sizeof(uint));
        var claimed = header.BigEndian ? BinaryPrimitives.ReadUInt32BigEndian(claim) : BinaryPrimitives.ReadUInt32LittleEndian(claim);
        if (header.Truncated && claimed is > 0 and < PlaceholderLength)
        {
            throw new CliException(
                ExitCode.BadFile, $"{path} is cut short: its header announces {claimed} bytes of audio and {header.DataLength} are there.");
        }
    }
}
