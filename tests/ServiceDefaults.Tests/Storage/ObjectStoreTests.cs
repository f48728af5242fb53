using System.Security.Cryptography;
using Azure.Storage.Blobs;
using Voice;
using Voice.ServiceDefaults.Storage;

namespace ServiceDefaults.Tests.Storage;

/// <summary>Against Azurite: what is written in blocks is read as it was, whole and in parts.</summary>
public sealed class ObjectStoreTests : IAsyncLifetime
{
    private readonly string _name = $"org_a/{Guid.NewGuid():n}";
    private ObjectStore _store = null!;

    public async Task InitializeAsync()
    {
        var client = new BlobServiceClient(
            (await BackingServers.AzuriteAsync()).ConnectionString, new BlobClientOptions(BlobClientOptions.ServiceVersion.V2023_01_03));
        await client.GetBlobContainerClient(BlobContainers.Jobs).CreateIfNotExistsAsync();
        _store = new ObjectStore(client);
    }

    public Task DisposeAsync() => _store.DeleteAsync(BlobContainers.Jobs, _name, CancellationToken.None);

    [Fact]
    public async Task Content_of_several_blocks_comes_back_whole_from_the_middle_and_as_a_stream()
    {
        var content = RandomNumberGenerator.GetBytes(ObjectWriter.BlockBytes + (ObjectWriter.BlockBytes / 2));
        using (var writer = _store.Create(BlobContainers.Jobs, _name, "audio/wav"))
        {
            await writer.WriteAsync(content.AsMemory(0, 1000), CancellationToken.None);
            await writer.WriteAsync(new MemoryStream(content, 1000, content.Length - 1000), CancellationToken.None);
            Assert.Null(await _store.OpenAsync(BlobContainers.Jobs, _name, CancellationToken.None));
            await writer.CommitAsync(CancellationToken.None);
            Assert.Equal(content.Length, writer.Length);
        }

        var found = await _store.OpenAsync(BlobContainers.Jobs, _name, CancellationToken.None);
        Assert.Equal(content.Length, found!.Length);
        using var read = new MemoryStream();
        await using (found.Stream)
        {
            await found.Stream.CopyToAsync(read);
        }

        Assert.True(content.AsSpan().SequenceEqual(read.ToArray()));
        var part = await _store.ReadAsync(BlobContainers.Jobs, _name, ObjectWriter.BlockBytes - 10, 20, CancellationToken.None);
        Assert.Equal(content.AsSpan(ObjectWriter.BlockBytes - 10, 20).ToArray(), part);
        Assert.Null(await _store.ReadAsync(BlobContainers.Jobs, _name, content.Length - 10, 20, CancellationToken.None));
        Assert.Equal([_name], await _store.ListAsync(BlobContainers.Jobs, _name, CancellationToken.None));
    }

    [Fact]
    public async Task Of_two_writers_of_one_name_each_commits_its_own_blocks()
    {
        using var first = _store.Create(BlobContainers.Jobs, _name, "text/plain");
        using var second = _store.Create(BlobContainers.Jobs, _name, "text/plain");
        await first.WriteAsync("first"u8.ToArray(), CancellationToken.None);
        await second.WriteAsync("other"u8.ToArray(), CancellationToken.None);
        await first.CommitAsync(CancellationToken.None);
        Assert.Equal("first"u8.ToArray(), await _store.ReadAsync(BlobContainers.Jobs, _name, 0, 5, CancellationToken.None));
        await second.CommitAsync(CancellationToken.None);
        Assert.Equal("other"u8.ToArray(), await _store.ReadAsync(BlobContainers.Jobs, _name, 0, 5, CancellationToken.None));
    }

    [Fact]
    public async Task What_is_not_there_is_null_and_nothing_to_delete()
    {
        Assert.Null(await _store.OpenAsync(BlobContainers.Jobs, "org_a/nothing", CancellationToken.None));
        Assert.Null(await _store.ReadAsync(BlobContainers.Jobs, "org_a/nothing", 0, 1, CancellationToken.None));
        Assert.False(await _store.DeleteAsync(BlobContainers.Jobs, "org_a/nothing", CancellationToken.None));
    }
}
