using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;

namespace Voice.Api.Replay;

/// <summary>Session logs in Blob Storage: <c>logs/{organization}/{session}.log</c>.</summary>
internal sealed class SessionLogStore(BlobServiceClient blobs)
{
    public const string ContentType = "application/vnd.voiceaspire.session-log";

    public BlockBlobClient Blob(string organizationId, string sessionId) =>
        blobs.GetBlobContainerClient(BlobContainers.Logs).GetBlockBlobClient($"{organizationId}/{sessionId}.log");

    /// <summary>Null where nothing was logged.</summary>
    public async Task<Stream?> OpenAsync(string organizationId, string sessionId, CancellationToken cancellationToken)
    {
        try
        {
            return await Blob(organizationId, sessionId).OpenReadAsync(cancellationToken: cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status == StatusCodes.Status404NotFound)
        {
            return null;
        }
    }

    /// <summary>Null where nothing was logged.</summary>
    public async Task<ReadOnlyMemory<byte>?> ReadAsync(string organizationId, string sessionId, CancellationToken cancellationToken)
    {
        try
        {
            return (await Blob(organizationId, sessionId).DownloadContentAsync(cancellationToken)).Value.Content.ToMemory();
        }
        catch (RequestFailedException exception) when (exception.Status == StatusCodes.Status404NotFound)
        {
            return null;
        }
    }
}
