using Yarp.ReverseProxy.Model;

namespace Voice.Gateway.Routing.Resilience;

/// <summary>Kept on a request while there are other replicas that could be asked.</summary>
internal sealed class RetryState(IReadOnlyList<DestinationState> destinations, long began)
{
    private int _asked;

    public long Began => began;

    public int Retries { get; private set; }

    /// <summary>Whom to ask next; null where the answer stands.</summary>
    public IReadOnlyList<DestinationState>? Next { get; private set; }

    /// <summary>Those that were not asked yet, and that a request may go to.</summary>
    public List<DestinationState> Others(DestinationState? last, Circuits circuits)
    {
        // A bit for each; those beyond the 32nd are asked twice at worst.
        for (var i = 0; i < destinations.Count; i++)
        {
            _asked |= ReferenceEquals(destinations[i], last) ? 1 << i : 0;
        }

        return [.. destinations.Where((destination, i) => (_asked & (1 << i)) == 0 && circuits.Of(destination).IsClosed)];
    }

    public void AskAgain(IReadOnlyList<DestinationState> others) => (Next, Retries) = (others, Retries + 1);

    public IReadOnlyList<DestinationState>? Take()
    {
        var others = Next;
        Next = null;
        return others;
    }
}
