using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Azure.Storage.Blobs;
using Voice.ServiceDefaults.Storage;

namespace Voice.Inference.Tests.Jobs;

/// <summary>A worker dies in the middle of a file: what was counted is there, whichever worker is asked.</summary>
public sealed class KilledUploadTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly byte[] File = RandomNumberGenerator.GetBytes((2 * ObjectWriter.BlockBytes) + 1_000_000);

    [Fact]
    public async Task A_file_goes_on_at_another_worker_where_one_was_killed()
    {
        await using var first = await WorkerProcess.StartAsync(postgres.Database);
        await using var second = await WorkerProcess.StartAsync(postgres.Database);
        var path = await first.Client.CreateUploadAsync(File.Length);

        // The worker dies in the middle of the second block: of that one nothing was told to the client, the one before is kept.
        await Assert.ThrowsAnyAsync<Exception>(() => first.Client.AppendAsync(path, 0, new PartOfAFile(File, ObjectWriter.BlockBytes + 77, async _ =>
        {
            await Deadline.Until(async () => await second.Client.OffsetAsync(path) == ObjectWriter.BlockBytes);
            await first.KillAsync();
            throw new IOException("The worker is gone.");
        })));
        const int kept = ObjectWriter.BlockBytes;
        Assert.Equal(kept, await second.Client.OffsetAsync(path));

        using var rest = await second.Client.AppendAsync(path, kept, new ByteArrayContent(File, kept, File.Length - kept));
        Assert.Equal(HttpStatusCode.NoContent, rest.StatusCode);
        Assert.Equal("complete", (await second.Client.GetFromJsonAsync<JsonElement>(path).OrTimeout()).GetProperty("status").GetString());
        Assert.Equal(Convert.ToHexString(SHA256.HashData(File)), Convert.ToHexString(SHA256.HashData(await ReadAsync(path.Split('/')[^1]))));
    }

    private static async Task<byte[]> ReadAsync(string id)
    {
        var client = new BlobServiceClient((await BackingServers.AzuriteAsync()).ConnectionString, new BlobClientOptions(BlobClientOptions.ServiceVersion.V2023_01_03));
        return (await new ObjectStore(client).ReadAsync(BlobContainers.Uploads, $"org_a/{id}", 0, File.Length, CancellationToken.None))!;
    }

    /// <summary>Says that it is the file, sends so much of it, and then something happens.</summary>
    private sealed class PartOfAFile(byte[] file, int count, Func<Stream, Task> then) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(file.AsMemory(0, count));
            await stream.FlushAsync();
            await then(stream);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = file.Length;
            return true;
        }
    }
}
