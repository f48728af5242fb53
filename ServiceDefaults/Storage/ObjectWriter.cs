using System.Buffers;

namespace Voice.ServiceDefaults.Storage;

/// <summary>Writes a blob block after block as its content comes; holds one block. Not thread-safe.</summary>
public sealed class ObjectWriter : IDisposable
{
    /// <summary>Of 50,000 blocks, which is all that a blob may have, 195 GB.</summary>
    public const int BlockBytes = 4 * 1024 * 1024;

    private readonly ObjectStore _store;
    private readonly string _container;
    private readonly string _name;
    private readonly string _contentType;
    private readonly List<string> _blocks = [];

    private byte[] _block = ArrayPool<byte>.Shared.Rent(BlockBytes);
    private int _length;

    internal ObjectWriter(ObjectStore store, string container, string name, string contentType) =>
        (_store, _container, _name, _contentType) = (store, container, name, contentType);

    /// <summary>Bytes written so far.</summary>
    public long Length { get; private set; }

    public async Task WriteAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        while (!content.IsEmpty)
        {
            var count = Math.Min(content.Length, BlockBytes - _length);
            content[..count].CopyTo(_block.AsMemory(_length));
            (_length, Length) = (_length + count, Length + count);
            content = content[count..];
            if (_length == BlockBytes)
            {
                await StageAsync(cancellationToken);
            }
        }
    }

    public async Task WriteAsync(Stream content, CancellationToken cancellationToken)
    {
        while (await content.ReadAsync(_block.AsMemory(_length, BlockBytes - _length), cancellationToken) is > 0 and var read)
        {
            (_length, Length) = (_length + read, Length + read);
            if (_length == BlockBytes)
            {
                await StageAsync(cancellationToken);
            }
        }
    }

    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        if (_length > 0)
        {
            await StageAsync(cancellationToken);
        }

        await _store.CommitAsync(_container, _name, _blocks, _contentType, cancellationToken);
    }

    public void Dispose()
    {
        if (_block.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_block);
            _block = [];
        }
    }

    private async Task StageAsync(CancellationToken cancellationToken)
    {
        var id = ObjectStore.NewBlockId();
        await _store.StageAsync(_container, _name, id, _block.AsMemory(0, _length), cancellationToken);
        _blocks.Add(id);
        _length = 0;
    }
}
