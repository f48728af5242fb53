using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Running;

namespace Aspire.Hosting.Azure;

public class AzureBlobStorageResource(string name, AzureStorageResource storage)
    : Resource(name), IResourceWithParent<AzureStorageResource>, IResourceWithConnectionString, ILocalConnection
{
    public AzureStorageResource Parent { get; } = storage;

    ConnectionSource ILocalConnection.Connection => Parent.Blobs;

    async ValueTask<string?> IResourceWithConnectionString.GetConnectionStringAsync(CancellationToken cancellationToken) =>
        (await Parent.Blobs.GetAsync(cancellationToken)).ConnectionString;
}
