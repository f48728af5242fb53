using System.Buffers;

namespace Voice.Api.Realtime.Wire;

/// <summary>Bytes of one event at a time. Holds an array only while there is an event: most sessions say nothing most of the time.</summary>
internal sealed class EventBuffer : IBufferWriter<byte>
{
    private const int Usual = 2 * 1024;

    private byte[] _array = [];
    private int _length;

    public ReadOnlyMemory<byte> Written => _array.AsMemory(0, _length);

    public void Clear() => _length = 0;

    /// <summary>What was written is not needed any more.</summary>
    public void Release()
    {
        _length = 0;
        if (_array.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_array);
            _array = [];
        }
    }

    public void Advance(int count) => _length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _array.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _array.AsSpan(_length);
    }

    private void Reserve(int sizeHint)
    {
        var needed = _length + Math.Max(1, sizeHint);
        if (needed <= _array.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Math.Max(needed, 2 * _array.Length), Usual));
        _array.AsSpan(0, _length).CopyTo(larger);
        if (_array.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_array);
        }

        _array = larger;
    }
}
