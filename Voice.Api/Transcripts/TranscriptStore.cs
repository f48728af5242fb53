using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Voice.Api.Transcripts;

/// <summary>Transcripts in Blob Storage: <c>transcripts/{organization}/{session}.json</c>.</summary>
internal sealed class TranscriptStore(BlobServiceClient blobs)
{
    public const string ContentType = "application/json";

    private static readonly string OneBlock = Convert.ToBase64String("00000000"u8);

    /// <summary>Replaces what was there, whole. Returns the name inside the container.</summary>
    public async Task<string> WriteAsync(
        string organizationId, string sessionId, TranscriptDocument transcript, CancellationToken cancellationToken)
    {
        var name = $"{organizationId}/{sessionId}.json";
        var blob = Container.GetBlockBlobClient(name);
        using var content = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(transcript, TranscriptJson.Default.TranscriptDocument));
        // Not UploadAsync: its checksums need a package that a restricted feed lacks (docs/decisions/0001).
        await blob.StageBlockAsync(OneBlock, content, cancellationToken: cancellationToken);
        await blob.CommitBlockListAsync(
            [OneBlock], new CommitBlockListOptions { HttpHeaders = new BlobHttpHeaders { ContentType = ContentType } }, cancellationToken);
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
