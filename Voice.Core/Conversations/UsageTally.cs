namespace Voice.Core.Conversations;

/// <summary>What the model's calls for one response took: as the provider says, else estimated. Under the conversation's gate.</summary>
internal sealed class UsageTally
{
    private readonly List<Call> _calls = [];

    public int Input => _calls.Sum(call => call.Told?.Input ?? call.Estimate);

    /// <summary>No more than what was read: providers count caches in blocks of their own.</summary>
    public int CachedInput => _calls.Sum(call => Math.Min(call.Told?.CachedInput ?? 0, call.Told?.Input ?? call.Estimate));

    /// <summary>Null where a call did not tell: it was cut short, or its provider does not count.</summary>
    public int? Output => _calls.Count > 0 && _calls.TrueForAll(call => call.Told?.Output is not null) ? _calls.Sum(call => call.Told!.Output) : null;

    /// <param name="estimate">Of what goes to the model.</param>
    public Call Begin(int estimate)
    {
        var call = new Call(estimate);
        _calls.Add(call);
        return call;
    }

    /// <summary>Calls that were made before it was known whose they are.</summary>
    public void Take(UsageTally other)
    {
        _calls.AddRange(other._calls);
        other._calls.Clear();
    }

    internal sealed class Call(int estimate)
    {
        public int Estimate => estimate;

        public ModelUsage? Told { get; set; }
    }
}
