using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using Voice.ServiceDefaults.Storage;

namespace Voice.Api.Recordings;

/// <summary>Recordings in Blob Storage: <c>recordings/{organization}/{session}.wav</c>.</summary>
internal sealed class RecordingStore(BlobServiceClient blobs, ObjectStore objects)
{
    public static string Name(string organizationId, string sessionId) => $"{organizationId}/{sessionId}.wav";

    public BlockBlobClient Blob(string organizationId, string sessionId) => Container.GetBlockBlobClient(Name(organizationId, sessionId));

    /// <summary>The name inside the container, or null where nothing was recorded.</summary>
    public async Task<string?> FindAsync(string organizationId, string sessionId, CancellationToken cancellationToken)
    {
        var name = Name(organizationId, sessionId);
        return await Container.GetBlobClient(name).ExistsAsync(cancellationToken) ? name : null;
    }

    /// <summary>Null where the blob is gone.</summary>
    public Task<StoredObject?> OpenAsync(string name, CancellationToken cancellationToken) =>
        objects.OpenAsync(BlobContainers.Recordings, name, cancellationToken);

    private BlobContainerClient Container => blobs.GetBlobContainerClient(BlobContainers.Recordings);
}
