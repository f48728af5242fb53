namespace Voice.Inference.Audio;

/// <summary>A stream whose start can be read again, while it is being found out what it is. Only asynchronous reads; the stream inside stays its owner's.</summary>
internal sealed class RereadStream(Stream inner) : Stream
{
    private readonly MemoryStream _start = new();
    private bool _keeping = true;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Back to the first byte.</summary>
    public void Rewind() => _start.Position = 0;

    /// <summary>What is read from now on is not kept.</summary>
    public void Forget() => _keeping = false;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_start.Position < _start.Length)
        {
            return await _start.ReadAsync(buffer, cancellationToken);
        }

        var read = await inner.ReadAsync(buffer, cancellationToken);
        if (_keeping)
        {
            _start.Write(buffer.Span[..read]);
        }

        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
