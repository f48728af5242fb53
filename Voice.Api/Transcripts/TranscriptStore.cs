using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Voice.ServiceDefaults.Storage;

namespace Voice.Api.Transcripts;

/// <summary>Transcripts in Blob Storage: <c>transcripts/{organization}/{session}.json</c>.</summary>
internal sealed class TranscriptStore(BlobServiceClient blobs, ObjectStore objects)
{
    public const string ContentType = "application/json";

    /// <summary>Replaces what was there, whole. Returns the name inside the container.</summary>
    public async Task<string> WriteAsync(
        string organizationId, string sessionId, TranscriptDocument transcript, CancellationToken cancellationToken)
    {
        var name = $"{organizationId}/{sessionId}.json";
        await objects.WriteAsync(
            BlobContainers.Transcripts, name, JsonSerializer.SerializeToUtf8Bytes(transcript, TranscriptJson.Default.TranscriptDocument), ContentType, cancellationToken);
        return name;
    }

    /// <summary>Null where the blob is gone.</summary>
    public async Task<BlobDownloadStreamingResult?> OpenAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await Container.GetBlobClient(name).DownloadStreamingAsync(cancellationToken: cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status == StatusCodes.Status404NotFound)
        {
            return null;
        }
    }

    private BlobContainerClient Container => blobs.GetBlobContainerClient(BlobContainers.Transcripts);
}
