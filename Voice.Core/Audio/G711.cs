namespace Voice.Core.Audio;

/// <summary>ITU-T G.711: telephone samples of 8 bits.</summary>
public static class G711
{
    public static short DecodeMuLaw(byte code)
    {
        var bits = ~code & 0xFF;
        var magnitude = ((((bits & 0x0F) << 3) + 0x84) << ((bits & 0x70) >> 4)) - 0x84;
        return (short)((bits & 0x80) != 0 ? -magnitude : magnitude);
    }

    public static short DecodeALaw(byte code)
    {
        var bits = code ^ 0x55;
        var segment = (bits & 0x70) >> 4;
        var magnitude = ((bits & 0x0F) << 4) + (segment == 0 ? 8 : 0x108);
        magnitude = segment > 1 ? magnitude << (segment - 1) : magnitude;
        return (short)((bits & 0x80) != 0 ? magnitude : -magnitude);
    }
}
