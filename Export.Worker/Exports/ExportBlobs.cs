using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Voice.ServiceDefaults.Storage;

namespace Voice.Export.Exports;

/// <summary>Transcripts in, exports out.</summary>
internal sealed class ExportBlobs(BlobServiceClient blobs, ObjectStore objects)
{
    private const string ContentType = "application/json";

    /// <summary>Hours of talk are a few hundred kilobytes.</summary>
    private const long MaximumTranscript = 32 * 1024 * 1024;

    /// <exception cref="TranscriptUnavailableException">It is not there, or not yet.</exception>
    public async Task<Transcript> ReadTranscriptAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var blob = blobs.GetBlobContainerClient(BlobContainers.Transcripts).GetBlobClient(name);
            using var download = (await blob.DownloadStreamingAsync(cancellationToken: cancellationToken)).Value;
            if (download.Details.ContentLength > MaximumTranscript)
            {
                throw new TranscriptUnavailableException($"The transcript {name} has {download.Details.ContentLength} bytes, more than a conversation can have.");
            }

            using var content = new MemoryStream((int)download.Details.ContentLength);
            await download.Content.CopyToAsync(content, cancellationToken);
            return Transcript.Parse(content.ToArray());
        }
        catch (RequestFailedException missing) when (missing.Status == StatusCodes.Status404NotFound)
        {
            throw new TranscriptUnavailableException($"The transcript {name} is not in Blob Storage yet.", missing);
        }
    }

    /// <summary>Replaces what was there, whole.</summary>
    public Task WriteAsync(string name, ExportDocument document, CancellationToken cancellationToken) => objects.WriteAsync(
        BlobContainers.Exports, name, JsonSerializer.SerializeToUtf8Bytes(document, ExportJson.Default.ExportDocument), ContentType, cancellationToken);
}
