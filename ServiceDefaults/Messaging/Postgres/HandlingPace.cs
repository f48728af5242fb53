namespace Voice.ServiceDefaults.Messaging.Postgres;

/// <summary>
/// How many deliveries may be claimed before there is somebody free to handle them: as many as were handled in the last tenth of a second. Quick
/// handlers then never wait for the database between two messages, while a slow one's messages stay free for other processes; and a process that has
/// just started claims none, so that one that a message kills takes no others along again and again. Not thread-safe.
/// </summary>
internal sealed class HandlingPace(TimeProvider timeProvider, int most)
{
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(100);

    private readonly Queue<(long At, int Count)> _handled = new();
    private int _sum;

    public void Add(int count)
    {
        if (count > 0)
        {
            _handled.Enqueue((timeProvider.GetTimestamp(), count));
            _sum += count;
        }
    }

    public int Ahead
    {
        get
        {
            while (_handled.TryPeek(out var oldest) && timeProvider.GetElapsedTime(oldest.At) > Window)
            {
                _handled.Dequeue();
                _sum -= oldest.Count;
            }

            return Math.Min(_sum, most);
        }
    }
}
