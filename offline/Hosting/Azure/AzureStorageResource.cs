using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Running;
using Voice.Offline.Servers;

namespace Aspire.Hosting.Azure;

public class AzureStorageResource : AzureProvisioningResource, IResourceWithEndpoints, ILocalServer
{
    internal AzureStorageResource(string name)
        : base(name)
    {
    }

    public bool IsEmulator => Annotations.OfType<RunsHere>().Any();

    public BicepOutputReference NameOutputReference => new("name", this);

    public BicepOutputReference BlobEndpoint => new("blobEndpoint", this);

    internal ConnectionSource Blobs { get; } = new();

    async Task<RunningProcess> ILocalServer.StartAsync(string folder, int port, Action<string> onLine, CancellationToken cancellationToken)
    {
        var server = await AzuriteServer.StartAsync(folder, port, onLine, cancellationToken);
        Blobs.Set(server.ConnectionString, new Dictionary<string, string>
        {
            ["Uri"] = server.BlobEndpoint.ToString(),
            ["ConnectionString"] = server.ConnectionString,
        });
        return new RunningProcess(server.ProcessId, server.Exited, () => server.Tail, _ => server.DisposeAsync().AsTask());
    }
}
