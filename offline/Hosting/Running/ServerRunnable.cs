using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Running;

internal sealed class ServerRunnable(ILocalServer server, string dataDirectory, int port, Action<string> onLine) : IRunnable
{
    public string Name => server.Name;

    public string? Url => null;

    public Task<RunningProcess> StartAsync(CancellationToken cancellationToken)
    {
        if (!server.Annotations.OfType<RunsHere>().Any())
        {
            throw new DistributedApplicationException($"'{Name}' is an Azure resource without a stand-in on this machine: add RunAsContainer or RunAsEmulator.");
        }

        return server.StartAsync(Path.Combine(dataDirectory, Name), port, onLine, cancellationToken);
    }

    // It answered, or it would not have started.
    public Task WaitUntilHealthyAsync(Action<string> onUnhealthy, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>As with a container, what has no volume begins empty.</summary>
    public void ForgetUnlessKept()
    {
        var folder = Path.Combine(dataDirectory, Name);
        if (!server.Annotations.OfType<DataVolume>().Any() && Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
