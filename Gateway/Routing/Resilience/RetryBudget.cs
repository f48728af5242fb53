namespace Voice.Gateway.Routing.Resilience;

/// <summary>Every request to a service earns a share of a retry; without an outage there are always some at hand, and in one they are soon used up.</summary>
internal sealed class RetryBudget(double share)
{
    /// <summary>Of retries that can be saved up.</summary>
    private const int Most = 10;

    private const int Whole = 1000;

    private readonly int _earned = (int)Math.Round(share * Whole);
    private int _saved = share > 0 ? Most * Whole : 0;

    public void Earn()
    {
        // Nearly always full: then nothing is written, and processors do not fight for the line.
        if (Volatile.Read(ref _saved) < Most * Whole)
        {
            Interlocked.Add(ref _saved, _earned);
        }
    }

    public bool TryTake()
    {
        while (true)
        {
            var saved = Volatile.Read(ref _saved);
            if (saved < Whole)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref _saved, saved - Whole, saved) == saved)
            {
                return true;
            }
        }
    }
}
