namespace Voice.Inference.Processes;

/// <summary>An engine process's end of the pipes: frames in on standard input, frames out on standard output. Not thread-safe.</summary>
internal sealed class EnginePipe(Stream input, Stream output)
{
    private readonly byte[] _buffer = new byte[EngineFrame.MaxPayload];
    private readonly byte[] _header = new byte[EngineFrame.HeaderLength];

    /// <summary>False at the end of input, which is the end of the process: a worker that dies takes its engines along.</summary>
    public bool TryRead(out EngineFrame frame)
    {
        frame = default;
        if (input.ReadAtLeast(_header, _header.Length, throwOnEndOfStream: false) < _header.Length)
        {
            return false;
        }

        var (kind, length) = EngineFrame.ReadHeader(_header);
        var payload = _buffer.AsMemory(0, length);
        if (input.ReadAtLeast(payload.Span, length, throwOnEndOfStream: false) < length)
        {
            return false;
        }

        frame = new EngineFrame(kind, payload);
        return true;
    }

    public void Write(EngineFrameKind kind, ReadOnlySpan<byte> payload)
    {
        Span<byte> header = stackalloc byte[EngineFrame.HeaderLength];
        EngineFrame.WriteHeader(header, kind, payload.Length);
        output.Write(header);
        output.Write(payload);
        output.Flush();
    }
}
