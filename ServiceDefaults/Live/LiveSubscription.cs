namespace Voice.ServiceDefaults.Live;

/// <summary>Somebody who listens to a live session. Disposing ends it at once in this process.</summary>
public sealed class LiveSubscription : IAsyncDisposable
{
    private readonly Func<Task> _end;

    internal LiveSubscription(Task made, Func<Task> end) => (Made, _end) = (made, end);

    /// <summary>Redis knows of it. Where it fails, the client subscribes by itself when Redis is back.</summary>
    public Task Made { get; }

    public async ValueTask DisposeAsync() => await _end();
}
