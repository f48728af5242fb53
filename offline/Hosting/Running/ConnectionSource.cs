namespace Aspire.Hosting.Running;

/// <summary>How a resource is reached: known once its server has started for the first time, and the same ever after.</summary>
internal sealed class ConnectionSource
{
    private readonly TaskCompletionSource<Connection> _known = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Connection? Value { get; private set; }

    public void Set(string connectionString, Dictionary<string, string> properties)
    {
        Value ??= new Connection(connectionString, properties);
        _known.TrySetResult(Value);
    }

    public async ValueTask<Connection> GetAsync(CancellationToken cancellationToken) => await _known.Task.WaitAsync(cancellationToken);
}
