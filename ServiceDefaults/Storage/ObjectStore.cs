using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Microsoft.AspNetCore.Http;

namespace Voice.ServiceDefaults.Storage;

/// <summary>
/// Blobs written in blocks and read as streams, never held whole. Not the client's UploadAsync: its checksums need a package that a restricted feed
/// lacks (docs/decisions/0001). Containers are those of <see cref="BlobContainers"/>; names begin with the organization.
/// </summary>
public sealed class ObjectStore(BlobServiceClient blobs)
{
    private const int BlockIdBytes = 18;

    /// <summary>
    /// Blocks of one blob have ids of one length, and one that nobody else gives: of two writers of the same blob each commits its own blocks.
    /// </summary>
    public static string NewBlockId() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(BlockIdBytes));

    /// <summary>Nothing is there before its <see cref="ObjectWriter.CommitAsync"/>; a blob that was there stays until then.</summary>
    public ObjectWriter Create(string container, string name, string contentType) => new(this, container, name, contentType);

    /// <summary>Replaces what was there, whole.</summary>
    public async Task WriteAsync(string container, string name, ReadOnlyMemory<byte> content, string contentType, CancellationToken cancellationToken)
    {
        var id = NewBlockId();
        await StageAsync(container, name, id, content, cancellationToken);
        await CommitAsync(container, name, [id], contentType, cancellationToken);
    }

    /// <summary>Keeps a block for a later commit; a week at most, then Blob Storage forgets it.</summary>
    public async Task StageAsync(string container, string name, string blockId, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        using var stream = BinaryData.FromBytes(content).ToStream();
        await Block(container, name).StageBlockAsync(blockId, stream, cancellationToken: cancellationToken);
    }

    /// <summary>The blob is these blocks, in this order; those that are not named are gone.</summary>
    public Task CommitAsync(string container, string name, IReadOnlyList<string> blockIds, string contentType, CancellationToken cancellationToken) =>
        Block(container, name).CommitBlockListAsync(
            blockIds, new CommitBlockListOptions { HttpHeaders = new BlobHttpHeaders { ContentType = contentType } }, cancellationToken);

    /// <summary>Null where there is none.</summary>
    public async Task<StoredObject?> OpenAsync(string container, string name, CancellationToken cancellationToken)
    {
        var blob = Container(container).GetBlobClient(name);
        try
        {
            var properties = (await blob.GetPropertiesAsync(cancellationToken: cancellationToken)).Value;
            return new StoredObject(
                new BlobReadStream(blob, properties.ContentLength), properties.ContentLength, properties.ETag.ToString("H"), properties.LastModified);
        }
        catch (RequestFailedException exception) when (exception.Status == StatusCodes.Status404NotFound)
        {
            return null;
        }
    }

    /// <summary>A part of a blob, whole. Null where there is none, or where it ends before that part.</summary>
    public async Task<byte[]?> ReadAsync(string container, string name, long offset, int length, CancellationToken cancellationToken)
    {
        try
        {
            var options = new BlobDownloadOptions { Range = new HttpRange(offset, length) };
            using var download = (await Container(container).GetBlobClient(name).DownloadStreamingAsync(options, cancellationToken)).Value;
            var content = new byte[length];
            await download.Content.ReadExactlyAsync(content, cancellationToken);
            return content;
        }
        catch (RequestFailedException exception) when (exception.Status is StatusCodes.Status404NotFound or StatusCodes.Status416RangeNotSatisfiable)
        {
            return null;
        }
        catch (EndOfStreamException)
        {
            return null;
        }
    }

    /// <returns>False where there was none.</returns>
    public async Task<bool> DeleteAsync(string container, string name, CancellationToken cancellationToken) =>
        await Container(container).GetBlobClient(name).DeleteIfExistsAsync(cancellationToken: cancellationToken);

    /// <summary>Names below a prefix, in their order.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(string container, string prefix, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        await foreach (var blob in Container(container).GetBlobsAsync(prefix: prefix, cancellationToken: cancellationToken))
        {
            names.Add(blob.Name);
        }

        return names;
    }

    private BlobContainerClient Container(string name) => blobs.GetBlobContainerClient(name);

    private BlockBlobClient Block(string container, string name) => Container(container).GetBlockBlobClient(name);
}
