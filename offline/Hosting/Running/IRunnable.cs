namespace Aspire.Hosting.Running;

/// <summary>Something of the model that runs as a process here: a project, or a server that stands in for an Azure resource.</summary>
internal interface IRunnable
{
    string Name { get; }

    string? Url { get; }

    /// <summary>Throws when there is nothing to start.</summary>
    Task<RunningProcess> StartAsync(CancellationToken cancellationToken);

    /// <summary>Done when it can be used; what it answers meanwhile goes to <paramref name="onUnhealthy"/>.</summary>
    Task WaitUntilHealthyAsync(Action<string> onUnhealthy, CancellationToken cancellationToken);
}
