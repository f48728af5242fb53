using System.Runtime.InteropServices;

namespace Voice.Api.Tests.Support;

internal static class Tone
{
    /// <summary>A constant level: easy to find again in a recording. 16-bit mono at 24 kHz.</summary>
    public static byte[] Level(short level, TimeSpan length)
    {
        var samples = new short[(int)(length.TotalSeconds * 24_000)];
        Array.Fill(samples, level);
        return MemoryMarshal.AsBytes<short>(samples).ToArray();
    }
}
