using System.Runtime.InteropServices;

namespace Voice.Api.Recordings;

/// <summary>
/// The two sides of a conversation on one clock, until they are written. The user's audio is the clock; the assistant's is placed on it and
/// usually lies ahead, since speech is made faster than it is played. Callers only copy; the lock is never held over I/O.
/// Bounded: when full, the oldest audio is dropped and becomes silence, so that everything after it keeps its place.
/// </summary>
internal sealed class RecordingBuffer(TimeSpan capacity) : IDisposable
{
    // An answer is not longer than this; a provider that streams without end must not fill the memory.
    private static readonly int MaxAhead = 180 * RecordingFormat.SampleRate;

    private readonly int _capacity = (int)RecordingFormat.Samples(capacity);
    private readonly Lock _gate = new();
    private readonly SampleQueue _user = new();
    private readonly SampleQueue _assistant = new();

    private long _taken;
    private long _start;
    private bool _disposed;

    /// <summary>Samples that were dropped, of either side.</summary>
    public long Dropped { get; private set; }

    public void AppendUser(ReadOnlySpan<byte> pcm)
    {
        var samples = MemoryMarshal.Cast<byte, short>(pcm);
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            if (samples.Length > _capacity)
            {
                Dropped += samples.Length - _capacity;
                _start += samples.Length - _capacity;
                samples = samples[^_capacity..];
            }

            if (_user.Length + samples.Length > _capacity)
            {
                // A second at a time: a full buffer is moved once a second, not once a frame.
                DropOldest(Math.Min(_user.Length, Math.Max(_user.Length + samples.Length - _capacity, RecordingFormat.SampleRate)));
            }

            _user.Write(_user.Length, samples);
        }
    }

    public void PlaceAssistant(TimeSpan at, ReadOnlySpan<byte> pcm)
    {
        var samples = MemoryMarshal.Cast<byte, short>(pcm);
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            var offset = RecordingFormat.Samples(at) - _start;
            if (offset < 0)
            {
                // Already written: a frame that was late by more than a block.
                var late = (int)Math.Min(samples.Length, -offset);
                Dropped += late;
                samples = samples[late..];
                offset = 0;
            }

            var room = (int)Math.Max(0, _user.Length + MaxAhead - offset);
            if (samples.Length > room)
            {
                Dropped += samples.Length - room;
                samples = samples[..room];
            }

            if (!samples.IsEmpty)
            {
                _assistant.Write((int)offset, samples);
            }
        }
    }

    public void CutAssistant(TimeSpan at)
    {
        lock (_gate)
        {
            _assistant.Truncate((int)Math.Clamp(RecordingFormat.Samples(at) - _start, 0, int.MaxValue));
        }
    }

    /// <summary>
    /// Moves the oldest audio into <paramref name="frames"/>, interleaved, up to the clock; with <paramref name="toTheEnd"/> also what the
    /// assistant said after it. Returns the bytes written; 0 when there is nothing.
    /// </summary>
    public int Take(Span<byte> frames, bool toTheEnd)
    {
        var target = MemoryMarshal.Cast<byte, short>(frames);
        lock (_gate)
        {
            var gap = (int)Math.Min(_start - _taken, target.Length / 2);
            target[..(2 * gap)].Clear();
            target = target[(2 * gap)..];
            _taken += gap;
            if (_taken < _start)
            {
                return gap * RecordingFormat.FrameBytes;
            }

            var available = toTheEnd ? Math.Max(_user.Length, _assistant.Length) : _user.Length;
            var count = Math.Min(available, target.Length / 2);
            Interleave(_user.Samples, _assistant.Samples, target[..(2 * count)]);
            _user.RemoveFirst(count);
            _assistant.RemoveFirst(count);
            _start += count;
            _taken += count;
            return (gap + count) * RecordingFormat.FrameBytes;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                _disposed = true;
                _user.Dispose();
                _assistant.Dispose();
            }
        }
    }

    private void DropOldest(int count)
    {
        Dropped += count;
        _start += count;
        _user.RemoveFirst(count);
        _assistant.RemoveFirst(count);
    }

    private static void Interleave(ReadOnlySpan<short> left, ReadOnlySpan<short> right, Span<short> frames)
    {
        for (var i = 0; i < frames.Length / 2; i++)
        {
            frames[2 * i] = i < left.Length ? left[i] : (short)0;
            frames[(2 * i) + 1] = i < right.Length ? right[i] : (short)0;
        }
    }
}
