using System.Buffers;

namespace Voice.Api.Recordings;

/// <summary>Samples in order, written at the end or at an offset, taken from the front. Not thread-safe.</summary>
internal sealed class SampleQueue : IDisposable
{
    private const int FirstCapacity = 4 * RecordingFormat.SampleRate;

    private short[] _samples = ArrayPool<short>.Shared.Rent(FirstCapacity);

    public int Length { get; private set; }

    public ReadOnlySpan<short> Samples => _samples.AsSpan(0, Length);

    /// <summary>What lies between the end and <paramref name="offset"/> becomes silence.</summary>
    public void Write(int offset, ReadOnlySpan<short> samples)
    {
        var end = offset + samples.Length;
        EnsureCapacity(end);
        if (offset > Length)
        {
            _samples.AsSpan(Length, offset - Length).Clear();
        }

        samples.CopyTo(_samples.AsSpan(offset));
        Length = Math.Max(Length, end);
    }

    public void Truncate(int length) => Length = Math.Min(Length, length);

    public void RemoveFirst(int count)
    {
        count = Math.Min(count, Length);
        _samples.AsSpan(count, Length - count).CopyTo(_samples);
        Length -= count;
    }

    public void Dispose()
    {
        ArrayPool<short>.Shared.Return(_samples);
        _samples = [];
        Length = 0;
    }

    private void EnsureCapacity(int capacity)
    {
        if (capacity <= _samples.Length)
        {
            return;
        }

        var larger = ArrayPool<short>.Shared.Rent(Math.Max(capacity, 2 * _samples.Length));
        Samples.CopyTo(larger);
        ArrayPool<short>.Shared.Return(_samples);
        _samples = larger;
    }
}
