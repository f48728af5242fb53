namespace Voice.Core.Providers;

/// <summary>
/// Server-sent events from a server that is not trusted to end them: the parser keeps an event until its blank line comes, and this refuses one that
/// grows beyond any real one. Read forward only.
/// </summary>
public sealed class BoundedEvents(Stream inner) : Stream
{
    public const int LongestEvent = 4 * 1024 * 1024;

    private long _length;
    private bool _lineIsEmpty = true;
    private bool _returned;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        Count(buffer.Span[..read]);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = inner.Read(buffer, offset, count);
        Count(buffer.AsSpan(offset, read));
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    // A line ends with \n, \r\n or \r; an event with an empty line.
    private void Count(ReadOnlySpan<byte> part)
    {
        while (!part.IsEmpty)
        {
            if (_returned && part[0] == '\n')
            {
                part = part[1..];
                _returned = false;
                continue;
            }

            var end = part.IndexOfAny((byte)'\n', (byte)'\r');
            if (end < 0)
            {
                _length += part.Length;
                _lineIsEmpty = _returned = false;
                break;
            }

            _length = _lineIsEmpty && end == 0 ? 0 : _length + end + 1;
            _lineIsEmpty = true;
            _returned = part[end] == '\r';
            part = part[(end + 1)..];
        }

        if (_length > LongestEvent)
        {
            throw new InvalidDataException("A server-sent event does not end.");
        }
    }
}
