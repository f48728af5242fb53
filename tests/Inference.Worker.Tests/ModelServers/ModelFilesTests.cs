using System.Security.Cryptography;
using Azure.Storage.Blobs;
using Voice.Inference.ModelServers;
using Voice.ServiceDefaults.Storage;

namespace Voice.Inference.Tests.ModelServers;

public sealed class ModelFilesTests : IAsyncLifetime
{
    private readonly string _name = $"test/{Guid.NewGuid():n}.bin";
    private readonly string _folder = Directory.CreateTempSubdirectory("voice-models-").FullName;
    private readonly byte[] _content = RandomNumberGenerator.GetBytes(100_000);
    private ObjectStore _objects = null!;
    private ModelFiles _files = null!;

    public async Task InitializeAsync()
    {
        var client = new BlobServiceClient((await BackingServers.AzuriteAsync()).ConnectionString);
        await client.GetBlobContainerClient(BlobContainers.Models).CreateIfNotExistsAsync().OrTimeout();
        _objects = new ObjectStore(client);
        _files = new ModelFiles(_objects);
        await _objects.WriteAsync(BlobContainers.Models, _name, _content, "application/octet-stream", default).OrTimeout();
    }

    public Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    private ModelFile File => new(_name, Convert.ToHexString(SHA256.HashData(_content)));

    [Fact]
    public async Task A_file_is_loaded_verified_and_then_there()
    {
        var path = await _files.FetchAsync(File, _folder, default).OrTimeout();

        Assert.Equal(_content, await System.IO.File.ReadAllBytesAsync(path));
        Assert.Equal([path], Directory.GetFiles(_folder, "*", SearchOption.AllDirectories));

        await new BlobServiceClient((await BackingServers.AzuriteAsync()).ConnectionString).GetBlobContainerClient(BlobContainers.Models).DeleteBlobAsync(_name).OrTimeout();
        Assert.Equal(path, await _files.FetchAsync(File, _folder, default).OrTimeout());
    }

    [Fact]
    public async Task A_download_that_was_interrupted_goes_on_where_it_was()
    {
        var partial = Path.Combine(_folder, File.Sha256.ToLowerInvariant(), Path.GetFileName(_name) + ".partial");
        Directory.CreateDirectory(Path.GetDirectoryName(partial)!);
        await System.IO.File.WriteAllBytesAsync(partial, _content[..60_000]);

        // What is there is not loaded again: if it were, the wrong first byte would be put right.
        var path = await _files.FetchAsync(File, _folder, default).OrTimeout();
        Assert.Equal(_content, await System.IO.File.ReadAllBytesAsync(path));

        System.IO.File.Delete(path);
        await System.IO.File.WriteAllBytesAsync(partial, [(byte)(_content[0] + 1), .. _content[1..60_000]]);
        await Assert.ThrowsAsync<InvalidDataException>(() => _files.FetchAsync(File, _folder, default)).OrTimeout();
    }

    [Fact]
    public async Task A_wrong_checksum_is_told_and_nothing_is_kept_so_that_the_next_time_can_be_right()
    {
        var wrong = File with { Sha256 = new string('0', 64) };

        var failure = await Assert.ThrowsAsync<InvalidDataException>(() => _files.FetchAsync(wrong, _folder, default)).OrTimeout();

        Assert.Contains(_name, failure.Message);
        Assert.Contains(File.Sha256.ToLowerInvariant(), failure.Message);
        Assert.Empty(Directory.GetFiles(_folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_partial_file_that_is_too_long_is_begun_again()
    {
        var partial = Path.Combine(_folder, File.Sha256.ToLowerInvariant(), Path.GetFileName(_name) + ".partial");
        Directory.CreateDirectory(Path.GetDirectoryName(partial)!);
        await System.IO.File.WriteAllBytesAsync(partial, new byte[200_000]);

        Assert.Equal(_content, await System.IO.File.ReadAllBytesAsync(await _files.FetchAsync(File, _folder, default).OrTimeout()));
    }

    [Theory]
    [InlineData("missing.bin", "a")]
    [InlineData("missing.bin", "zz")]
    public async Task A_file_that_is_not_there_or_a_checksum_that_is_none_is_told(string name, string digit)
    {
        var failure = await Assert.ThrowsAsync<InvalidDataException>(
            () => _files.FetchAsync(new(name, string.Concat(Enumerable.Repeat(digit, 64))[..64]), _folder, default)).OrTimeout();

        Assert.Contains(name, failure.Message);
    }
}
