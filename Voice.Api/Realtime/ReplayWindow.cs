using System.Buffers;

namespace Voice.Api.Realtime;

/// <summary>
/// The newest events of a session, for a client that comes back: those it has not acknowledged. Holds <see cref="MaxEvents"/> and
/// <see cref="MaxBytes"/>. When it is full the oldest audio goes first, since nobody wants to hear it late, then the oldest event; both are
/// counted. Arrays are rented. Not thread-safe.
/// </summary>
internal sealed class ReplayWindow(TimeProvider time) : IDisposable
{
    public const int MaxEvents = 2_048;
    public const int MaxBytes = 2 * 1024 * 1024;

    /// <summary>A connection that is dead is found out sooner than this: by its pings.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(45);

    private readonly List<Entry> _entries = [];

    // Audio that went for want of room, newest last: so much of it that a minute's absence is told exactly.
    private readonly Queue<(long Number, TimeSpan Audio)> _lost = new();
    private int _bytes;

    public int Bytes => _bytes;

    public int Count => _entries.Count;

    public long Newest { get; private set; }

    /// <param name="audio">How long it plays; zero for what is no audio.</param>
    /// <param name="sent">It was given to a connection, and is forgotten when that is long ago.</param>
    public void Add(long number, ReadOnlySpan<byte> json, TimeSpan audio, bool sent)
    {
        if (sent)
        {
            ForgetOld();
        }

        Newest = number;
        var array = ArrayPool<byte>.Shared.Rent(json.Length);
        json.CopyTo(array);
        _entries.Add(new Entry(number, array, json.Length, audio, time.GetTimestamp()));
        _bytes += json.Length;
        while (_bytes > MaxBytes || _entries.Count > MaxEvents)
        {
            DropOne();
        }
    }

    /// <summary>The client has every event up to this one.</summary>
    public void Acknowledge(long number)
    {
        var known = _entries.FindIndex(entry => entry.Number > number);
        Forget(known < 0 ? _entries.Count : known);
    }

    public IEnumerable<ReadOnlyMemory<byte>> After(long number) =>
        _entries.Where(entry => entry.Number > number).Select(entry => (ReadOnlyMemory<byte>)entry.Array.AsMemory(0, entry.Length));

    public int CountAfter(long number) => _entries.Count(entry => entry.Number > number);

    public TimeSpan LostAudioAfter(long number) =>
        _lost.Where(lost => lost.Number > number).Aggregate(TimeSpan.Zero, (sum, lost) => sum + lost.Audio);

    public void Dispose() => Forget(_entries.Count);

    private void ForgetOld()
    {
        var old = 0;
        while (old < _entries.Count && time.GetElapsedTime(_entries[old].At) > MaxAge)
        {
            old++;
        }

        Forget(old);
    }

    private void Forget(int count)
    {
        for (var index = 0; index < count; index++)
        {
            Return(_entries[index]);
        }

        _entries.RemoveRange(0, count);
    }

    private void DropOne()
    {
        var index = Math.Max(0, _entries.FindIndex(entry => entry.Audio > TimeSpan.Zero));
        var dropped = _entries[index];
        Return(dropped);
        _entries.RemoveAt(index);
        if (dropped.Audio > TimeSpan.Zero)
        {
            _lost.Enqueue((dropped.Number, dropped.Audio));
            if (_lost.Count > MaxEvents)
            {
                _lost.Dequeue();
            }
        }
    }

    private void Return(Entry entry)
    {
        _bytes -= entry.Length;
        ArrayPool<byte>.Shared.Return(entry.Array);
    }

    private readonly record struct Entry(long Number, byte[] Array, int Length, TimeSpan Audio, long At);
}
