namespace Voice.Inference.Providers.Speech;

/// <summary>PCM that the network cuts where it likes, in blocks of whole samples; half a sample waits for its second byte. Not thread-safe.</summary>
internal sealed class WholeSamples
{
    private byte? _carried;

    /// <summary>A block of its own, the caller's to keep; empty where there is no whole sample yet.</summary>
    public ReadOnlyMemory<byte> Add(ReadOnlySpan<byte> part)
    {
        if (part.IsEmpty)
        {
            return default;
        }

        var start = _carried is null ? 0 : 1;
        var whole = (start + part.Length) & ~1;
        var block = new byte[whole];
        if (whole > 0)
        {
            block[0] = _carried ?? part[0];
            part[..(whole - start)].CopyTo(block.AsSpan(start));
        }

        _carried = whole == start + part.Length ? null : part[^1];
        return block;
    }
}
