using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;

namespace Voice.Api.Recordings;

/// <summary>Recordings in Blob Storage: <c>recordings/{organization}/{session}.wav</c>.</summary>
internal sealed class RecordingStore(BlobServiceClient blobs)
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
    public async Task<RecordingContent?> OpenAsync(string name, CancellationToken cancellationToken)
    {
        var blob = Container.GetBlobClient(name);
        try
        {
            var properties = await blob.GetPropertiesAsync(cancellationToken: cancellationToken);
            return new RecordingContent(
                new BlobReadStream(blob, properties.Value.ContentLength), properties.Value.ETag.ToString("H"), properties.Value.LastModified);
        }
        catch (RequestFailedException exception) when (exception.Status == StatusCodes.Status404NotFound)
        {
            return null;
        }
    }

    private BlobContainerClient Container => blobs.GetBlobContainerClient(BlobContainers.Recordings);
}
