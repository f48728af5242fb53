using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Voice.Api.Tests.Support;

/// <summary>A canonical stereo WAV, read strictly: every length in the header must be true.</summary>
internal sealed record WavFile(int SampleRate, short[] Left, short[] Right)
{
    public double Seconds => (double)Left.Length / SampleRate;

    public static WavFile Parse(byte[] file)
    {
        Assert.Equal("RIFF", Encoding.ASCII.GetString(file, 0, 4));
        Assert.Equal((uint)file.Length - 8, BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(4)));
        Assert.Equal("WAVEfmt ", Encoding.ASCII.GetString(file, 8, 8));
        Assert.Equal(16, BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(16)));
        Assert.Equal(1, BinaryPrimitives.ReadInt16LittleEndian(file.AsSpan(20)));
        Assert.Equal(2, BinaryPrimitives.ReadInt16LittleEndian(file.AsSpan(22)));
        var rate = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(24));
        Assert.Equal(rate * 4, BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(28)));
        Assert.Equal(4, BinaryPrimitives.ReadInt16LittleEndian(file.AsSpan(32)));
        Assert.Equal(16, BinaryPrimitives.ReadInt16LittleEndian(file.AsSpan(34)));
        Assert.Equal("data", Encoding.ASCII.GetString(file, 36, 4));
        Assert.Equal((uint)file.Length - 44, BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(40)));
        var frames = MemoryMarshal.Cast<byte, short>(file.AsSpan(44)).ToArray();
        return new WavFile(
            rate, [.. frames.Where((_, index) => index % 2 == 0)], [.. frames.Where((_, index) => index % 2 == 1)]);
    }
}
