using System.Buffers.Binary;
using System.Diagnostics;

namespace Voice.Testing;

/// <summary>Spoken sentences, made at test time by flite: 16 kHz, 16-bit mono, with silence around them as a microphone would hear.</summary>
public static class Speech
{
    private const int Rate = 16_000;

    public static async Task<byte[]> SayAsync(string text)
    {
        var file = Path.Combine(Path.GetTempPath(), $"voice-speech-{Guid.NewGuid():n}.wav");
        try
        {
            using var flite = Process.Start(new ProcessStartInfo("flite", ["-voice", "slt", "-t", text, "-o", file]))!;
            await flite.WaitForExitAsync().OrTimeout();
            var wav = await File.ReadAllBytesAsync(file);
            if (BinaryPrimitives.ReadInt32LittleEndian(wav.AsSpan(24)) != Rate)
            {
                throw new InvalidOperationException("flite's voice is not at 16 kHz.");
            }

            return wav[44..];
        }
        finally
        {
            File.Delete(file);
        }
    }

    public static byte[] Silence(TimeSpan length) => new byte[(int)(length.TotalSeconds * Rate) * 2];

    /// <summary>The same at 24 kHz, for the wire.</summary>
    public static byte[] ForTheWire(byte[] pcm)
    {
        var count = pcm.Length / 2;
        var output = new byte[(int)((long)count * 3 / 2) * 2];
        for (var i = 0; i < output.Length / 2; i++)
        {
            var at = i * 2.0 / 3;
            var index = (int)at;
            var (a, b) = (Sample(index), Sample(Math.Min(index + 1, count - 1)));
            BinaryPrimitives.WriteInt16LittleEndian(output.AsSpan(i * 2), (short)(a + (b - a) * (at - index)));
        }

        return output;

        short Sample(int index) => BinaryPrimitives.ReadInt16LittleEndian(pcm.AsSpan(index * 2));
    }

    public static async Task<string> WriteWavAsync(string path, params byte[][] parts)
    {
        var data = parts.Sum(p => p.Length);
        var header = new byte[44];
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), 36 + data);
        "WAVEfmt "u8.CopyTo(header.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(22), 1);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(24), Rate);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(28), Rate * 2);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(32), 2);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(34), 16);
        "data"u8.CopyTo(header.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(40), data);
        await using var file = File.Create(path);
        await file.WriteAsync(header);
        foreach (var part in parts)
        {
            await file.WriteAsync(part);
        }

        return path;
    }
}
