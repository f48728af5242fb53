namespace Voice.ServiceDefaults.Messaging.Postgres;

/// <summary>A delivery that this process has claimed and not yet settled.</summary>
internal sealed class InFlight(LeasedDelivery delivery, CancellationToken finishing) : IDisposable
{
    private readonly CancellationTokenSource _lost = CancellationTokenSource.CreateLinkedTokenSource(finishing);

    public LeasedDelivery Delivery => delivery;

    /// <summary>Cancelled when the lease is somebody else's, or the time for finishing is over.</summary>
    public CancellationToken Lost => _lost.Token;

    public Task LoseAsync() => _lost.CancelAsync();

    public void Dispose() => _lost.Dispose();
}
