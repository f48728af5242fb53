namespace Voice.Api.Realtime;

/// <summary>
/// How many responses a client may ask for within a minute: each is a call of a model, and one socket must not make them without end.
/// Replies to what was said are not counted, speech takes its time. Thread-safe.
/// </summary>
internal sealed class ResponseRate(int limit, TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Queue<long> _asked = new();
    private readonly Lock _gate = new();

    public int Limit => limit;

    public bool TryTake()
    {
        lock (_gate)
        {
            Forget();
            if (_asked.Count >= limit)
            {
                return false;
            }

            _asked.Enqueue(time.GetTimestamp());
            return true;
        }
    }

    /// <returns>How many are left, and when the oldest that was counted counts no more.</returns>
    public (int Remaining, TimeSpan Reset) Read()
    {
        lock (_gate)
        {
            Forget();
            return (limit - _asked.Count, _asked.TryPeek(out var oldest) ? Window - time.GetElapsedTime(oldest) : TimeSpan.Zero);
        }
    }

    private void Forget()
    {
        while (_asked.TryPeek(out var oldest) && time.GetElapsedTime(oldest) >= Window)
        {
            _asked.Dequeue();
        }
    }
}
