using System.Buffers;
using Voice.ServiceDefaults.Storage;

namespace Voice.Inference.Uploads;

/// <summary>
/// The bytes of a request into Blob Storage, a block at a time as they come: each is kept, and then counted, before the next is read. So what a
/// client is told to have sent is never lost with this process, and a connection that breaks costs nothing that had arrived.
/// </summary>
internal sealed class UploadWriter(ObjectStore objects, UploadStore uploads, TimeProvider time)
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(10);

    /// <param name="checksum">With one, the bytes of the request count together or not at all.</param>
    /// <param name="aborted">Cancelled when the client has gone.</param>
    public async Task<UploadAppended> AppendAsync(UploadRow upload, Stream body, UploadChecksum? checksum, CancellationToken aborted)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ObjectWriter.BlockBytes);
        var pending = new List<string>();
        var (at, unsaved) = (upload.Received, 0L);
        try
        {
            while (true)
            {
                var (length, ended, failure) = await FillAsync(body, buffer.AsMemory(0, ObjectWriter.BlockBytes), aborted);
                if (at + unsaved + length > upload.Length)
                {
                    return new UploadAppended(UploadOutcome.TooLong, at);
                }

                if (upload.Blocks.Length + pending.Count >= UploadStore.MaxBlocks)
                {
                    return new UploadAppended(UploadOutcome.TooManyPieces, at);
                }

                // Whoever has gone is not waited for, but what came from there is kept.
                using var last = new CancellationTokenSource(LastWords, time);
                var stop = ended ? last.Token : aborted;
                if (length > 0)
                {
                    var id = ObjectStore.NewBlockId();
                    checksum?.Add(buffer.AsSpan(0, length));
                    await objects.StageAsync(BlobContainers.Uploads, upload.Blob, id, buffer.AsMemory(0, length), stop);
                    pending.Add(id);
                    unsaved += length;
                }

                if (checksum is not null && !ended)
                {
                    continue;
                }

                if (checksum is not null && (failure is not null || !checksum.Holds()))
                {
                    return new UploadAppended(failure is null ? UploadOutcome.WrongChecksum : UploadOutcome.Broken, at);
                }

                if (pending.Count > 0 && !await uploads.AppendAsync(upload, at, pending, unsaved, stop))
                {
                    return new UploadAppended(UploadOutcome.Elsewhere, at);
                }

                upload = upload with { Received = at + unsaved, Blocks = [.. upload.Blocks, .. pending] };
                (at, unsaved) = (at + unsaved, 0);
                pending.Clear();
                if (ended)
                {
                    return new UploadAppended(failure is null ? UploadOutcome.Appended : UploadOutcome.Broken, at);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Up to a whole block. What came before a connection broke is still there.</summary>
    private static async Task<(int Length, bool Ended, Exception? Failure)> FillAsync(Stream body, Memory<byte> buffer, CancellationToken aborted)
    {
        var length = 0;
        try
        {
            while (length < buffer.Length)
            {
                var read = await body.ReadAsync(buffer[length..], aborted);
                if (read == 0)
                {
                    return (length, true, null);
                }

                length += read;
            }

            return (length, false, null);
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException)
        {
            return (length, true, failure);
        }
    }
}
