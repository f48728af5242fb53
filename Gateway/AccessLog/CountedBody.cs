namespace Voice.Gateway.AccessLog;

/// <summary>Counts what is passed on of an answer that does not say its length.</summary>
internal sealed class CountedBody(Stream inner) : Stream
{
    public long Count { get; private set; }

    /// <summary>Of bytes, beyond which the answer breaks off.</summary>
    public long Limit { get; set; } = long.MaxValue;

    /// <summary>Null where the length was said, or the answer is the gateway's own.</summary>
    public static long? Of(HttpContext context) => context.Features.Get<CountedBody>()?.Count;

    public static void Use(HttpContext context)
    {
        var counted = new CountedBody(context.Response.Body);
        context.Response.Body = counted;
        context.Features.Set(counted);
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Add(buffer.Length);
        inner.Write(buffer);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Add(buffer.Length);
        return inner.WriteAsync(buffer, cancellationToken);
    }

    private void Add(int bytes)
    {
        Count += bytes;
        if (Count > Limit)
        {
            // The head has gone out, so all that is left is to break off: the proxy does, on an exception.
            throw new IOException($"The answer is larger than {Limit} bytes.");
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
