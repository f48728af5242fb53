using Voice.Core.Providers;

namespace Voice.Inference.Providers;

/// <summary>A provider's body, read forward: no part may take longer than the limit, and all of them together not be longer than the bound.</summary>
internal sealed class ProviderStream(Stream body, string who, TimeSpan limit, long maxLength, TimeProvider time) : Stream
{
    private long _read;

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
        using var silence = new SilenceLimit(limit, time, cancellationToken);
        try
        {
            var read = await body.ReadAsync(buffer, silence.Token);
            _read += read;
            return _read <= maxLength ? read : throw new ProviderException("provider_failed", $"{who} sent an answer that is too large.");
        }
        catch (Exception failure) when (StreamFailures.Translate(failure, silence, who) is { } known)
        {
            throw known;
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await body.DisposeAsync();
        await base.DisposeAsync();
    }
}
