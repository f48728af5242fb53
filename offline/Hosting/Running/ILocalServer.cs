using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Running;

/// <summary>An Azure resource that this machine has a server for.</summary>
internal interface ILocalServer : IResource
{
    /// <summary>Starts the server, and its children in the model with it; done when it answers.</summary>
    Task<RunningProcess> StartAsync(string folder, int port, Action<string> onLine, CancellationToken cancellationToken);
}
