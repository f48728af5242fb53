using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Voice.Inference.Uploads;
using Voice.ServiceDefaults.Storage;

namespace Voice.Inference.Tests.Jobs;

/// <summary>The tus protocol, request by request. The official client uploads through the gateway in the tests of the platform.</summary>
public sealed class UploadTests(JobsService service) : IClassFixture<JobsService>
{
    private static readonly byte[] File = RandomNumberGenerator.GetBytes(ObjectWriter.BlockBytes + 1_000_000);

    [Fact]
    public async Task A_file_in_two_pieces_is_whole_in_Blob_Storage()
    {
        using var client = service.CreateClient();
        var path = await client.CreateUploadAsync(File.Length, $"filename {Base64("Besprechung.wav")},filetype {Base64("audio/wav")},secret");
        using (var first = await client.AppendAsync(path, 0, new ByteArrayContent(File, 0, ObjectWriter.BlockBytes + 10)))
        {
            Assert.Equal(HttpStatusCode.NoContent, first.StatusCode);
            Assert.Equal($"{ObjectWriter.BlockBytes + 10}", first.Headers.GetValues("Upload-Offset").Single());
            Assert.True(first.Headers.Contains("Upload-Expires"));
        }

        Assert.Equal(ObjectWriter.BlockBytes + 10, await client.OffsetAsync(path));
        using (var second = await client.AppendAsync(path, ObjectWriter.BlockBytes + 10, new ByteArrayContent(File, ObjectWriter.BlockBytes + 10, File.Length - ObjectWriter.BlockBytes - 10)))
        {
            Assert.Equal(HttpStatusCode.NoContent, second.StatusCode);
        }

        var upload = await client.GetFromJsonAsync<JsonElement>(path).OrTimeout();
        Assert.Equal(("complete", "Besprechung.wav", "audio/wav"), (upload.GetProperty("status").GetString(), upload.GetProperty("file_name").GetString(), upload.GetProperty("content_type").GetString()));
        Assert.Equal(Convert.ToHexString(SHA256.HashData(File)), Convert.ToHexString(SHA256.HashData(await ReadAsync(path))));
    }

    [Fact]
    public async Task A_connection_that_breaks_loses_nothing_that_had_arrived()
    {
        using var client = service.CreateClient();
        var path = await client.CreateUploadAsync(File.Length);
        var (uploads, writer) = (service.Factory.Services.GetRequiredService<UploadStore>(), service.Factory.Services.GetRequiredService<UploadWriter>());
        var kept = 0;
        // In the middle of the first block, and then in the middle of the second.
        foreach (var count in (int[])[300_000, ObjectWriter.BlockBytes + 77])
        {
            var upload = (await uploads.FindAsync("org_a", path.Split('/')[^1], CancellationToken.None))!;
            var appended = await writer.AppendAsync(upload, new BreakingStream(File.AsMemory(kept, count)), null, CancellationToken.None);
            kept += count;
            Assert.Equal(new UploadAppended(UploadOutcome.Broken, kept), appended);
            Assert.Equal(kept, await client.OffsetAsync(path));
        }

        using var rest = await client.AppendAsync(path, kept, new ByteArrayContent(File, kept, File.Length - kept));
        Assert.Equal(HttpStatusCode.NoContent, rest.StatusCode);
        Assert.Equal(Convert.ToHexString(SHA256.HashData(File)), Convert.ToHexString(SHA256.HashData(await ReadAsync(path))));
    }

    [Fact]
    public async Task Of_two_that_append_at_the_same_place_one_wins_and_the_file_is_of_one_piece()
    {
        using var client = service.CreateClient();
        var path = await client.CreateUploadAsync(2_000_000);
        var tries = await Task.WhenAll(Enumerable.Range(0, 4).Select(n => client.AppendAsync(path, 0, new ByteArrayContent([.. Enumerable.Repeat((byte)n, 2_000_000)]))));
        Assert.Equal(1, tries.Count(one => one.StatusCode == HttpStatusCode.NoContent));
        Assert.Equal(3, tries.Count(one => one.StatusCode == HttpStatusCode.Conflict));
        Assert.Single((await ReadAsync(path)).Distinct());
        Array.ForEach(tries, one => one.Dispose());
    }

    [Fact]
    public async Task Bytes_count_only_with_their_checksum()
    {
        using var client = service.CreateClient();
        var path = await client.CreateUploadAsync(File.Length);
        using (var wrong = await client.AppendAsync(path, 0, new ByteArrayContent(File), $"sha256 {Convert.ToBase64String(new byte[32])}"))
        {
            Assert.Equal((460, "checksum_mismatch"), ((int)wrong.StatusCode, await CodeAsync(wrong)));
        }

        Assert.Equal(0, await client.OffsetAsync(path));
        using var right = await client.AppendAsync(path, 0, new ByteArrayContent(File), $"sha1 {Convert.ToBase64String(SHA1.HashData(File))}");
        Assert.Equal(HttpStatusCode.NoContent, right.StatusCode);
        Assert.Equal(Convert.ToHexString(SHA256.HashData(File)), Convert.ToHexString(SHA256.HashData(await ReadAsync(path))));
    }

    [Fact]
    public async Task What_the_protocol_refuses_is_refused_with_a_code()
    {
        using var client = service.CreateClient();
        var path = await client.CreateUploadAsync(10);
        Assert.Equal("412 tus_version", await RefusalAsync(client, new HttpRequestMessage(HttpMethod.Head, path)));
        Assert.Equal("412 tus_version", await RefusalAsync(client, new HttpRequestMessage(HttpMethod.Post, UploadsApi.Path)));
        Assert.Equal("400 invalid_value", await RefusalAsync(client, TusClient.Request(HttpMethod.Post, UploadsApi.Path)));
        Assert.Equal("413 payload_too_large", await RefusalAsync(client, WithHeader(TusClient.Request(HttpMethod.Post, UploadsApi.Path), "Upload-Length", "3221225473")));
        Assert.Equal("409 uploads_full", await RefusalAsync(client, WithHeader(TusClient.Request(HttpMethod.Post, UploadsApi.Path), "Upload-Length", "3221225472"), fill: 17));
        Assert.Equal("400 invalid_value", await RefusalAsync(client, WithHeader(WithHeader(TusClient.Request(HttpMethod.Post, UploadsApi.Path), "Upload-Length", "1"), "Upload-Metadata", "name !!")));
        Assert.Equal("400 invalid_value", await RefusalAsync(client, Patch(path, null, [1])));
        Assert.Equal("400 invalid_value", await RefusalAsync(client, WithHeader(Patch(path, 0, [1]), "Upload-Checksum", "md4 AAAA")));
        Assert.Equal("409 offset_mismatch", await RefusalAsync(client, Patch(path, 5, [1])));
        Assert.Equal("413 payload_too_large", await RefusalAsync(client, Patch(path, 0, new byte[11])));
        Assert.Equal("415 unsupported_media_type", await RefusalAsync(client, TusClient.Request(HttpMethod.Patch, path, 0, new ByteArrayContent([1]))));
        Assert.Equal("404 upload_not_found", await RefusalAsync(client, Patch($"{UploadsApi.Path}/upl_none", 0, [1])));
        Assert.Equal(0, await client.OffsetAsync(path));
    }

    [Fact]
    public async Task Another_organization_finds_nothing()
    {
        using var owner = service.CreateClient();
        using var other = service.CreateClient("org_b");
        var path = await owner.CreateUploadAsync(10);
        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Delete])
        {
            Assert.Equal("404 upload_not_found", await RefusalAsync(other, TusClient.Request(method, path)));
        }

        using (var head = await other.SendAsync(TusClient.Request(HttpMethod.Head, path)).OrTimeout())
        {
            Assert.Equal(HttpStatusCode.NotFound, head.StatusCode);
        }

        Assert.Equal("404 upload_not_found", await RefusalAsync(other, Patch(path, 0, [1])));
        using var without = service.CreateClient(scopes: "sessions:read");
        Assert.Equal("403 insufficient_scope", await RefusalAsync(without, TusClient.Request(HttpMethod.Get, path)));
    }

    [Fact]
    public async Task What_is_deleted_or_has_expired_is_gone_with_its_file()
    {
        using var client = service.CreateClient();
        var (deleted, expired) = (await client.UploadAsync([1, 2, 3]), await client.UploadAsync([4, 5]));
        using (var answer = await client.SendAsync(WithHeader(TusClient.Request(HttpMethod.Post, $"{UploadsApi.Path}/{deleted}"), "X-HTTP-Method-Override", "DELETE")).OrTimeout())
        {
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        }

        await service.Database.ExecuteAsync($"update inference.uploads set expires_at = now() - interval '1 second' where id = '{expired}'");
        Assert.Equal("404 upload_not_found", await RefusalAsync(client, TusClient.Request(HttpMethod.Get, $"{UploadsApi.Path}/{expired}")));
        var objects = service.Factory.Services.GetRequiredService<ObjectStore>();
        await Deadline.Until(async () => await service.Database.ScalarAsync<long>($"select count(*) from inference.uploads where id in ('{deleted}', '{expired}')") == 0);
        Assert.Null(await objects.OpenAsync(BlobContainers.Uploads, $"org_a/{deleted}", CancellationToken.None));
        await Deadline.Until(async () => await objects.OpenAsync(BlobContainers.Uploads, $"org_a/{expired}", CancellationToken.None) is null);
    }

    [Fact]
    public async Task Options_say_what_the_server_can_and_an_empty_file_is_whole_at_once()
    {
        using var client = service.CreateClient();
        using (var options = await client.SendAsync(new HttpRequestMessage(HttpMethod.Options, UploadsApi.Path)).OrTimeout())
        {
            Assert.Equal("creation,expiration,checksum,termination", options.Headers.GetValues("Tus-Extension").Single());
            Assert.Equal("3221225472", options.Headers.GetValues("Tus-Max-Size").Single());
        }

        var path = await client.CreateUploadAsync(0);
        Assert.Equal("complete", (await client.GetFromJsonAsync<JsonElement>(path).OrTimeout()).GetProperty("status").GetString());
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static HttpRequestMessage WithHeader(HttpRequestMessage request, string name, string value)
    {
        request.Headers.Add(name, value);
        return request;
    }

    private static HttpRequestMessage Patch(string path, long? offset, byte[] body)
    {
        var request = TusClient.Request(HttpMethod.Patch, path, offset, new ByteArrayContent(body));
        request.Content!.Headers.ContentType = new("application/offset+octet-stream");
        return request;
    }

    private static async Task<string> CodeAsync(HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()!;

    /// <param name="fill">Uploads of that request's length that are there already.</param>
    private async Task<string> RefusalAsync(HttpClient client, HttpRequestMessage request, int fill = 0)
    {
        await service.Database.ExecuteAsync(
            "insert into inference.uploads (id, organization_id, created_by, length, blob, created_at, expires_at) "
            + $"select 'filler_' || n, 'org_a', 'x', 3221225472, 'x', now(), now() + interval '1 hour' from generate_series(1, {fill}) n");
        using (request)
        {
            using var response = await client.SendAsync(request).OrTimeout();
            await service.Database.ExecuteAsync("delete from inference.uploads where id like 'filler_%'");
            // An answer to HEAD has no body; its code is that of the same request as GET.
            return $"{(int)response.StatusCode} {(request.Method == HttpMethod.Head ? "tus_version" : await CodeAsync(response))}";
        }
    }

    private async Task<byte[]> ReadAsync(string path)
    {
        var stored = await service.Factory.Services.GetRequiredService<ObjectStore>().OpenAsync(BlobContainers.Uploads, $"org_a/{path.Split('/')[^1]}", CancellationToken.None);
        using var content = new MemoryStream();
        await stored!.Stream.CopyToAsync(content);
        return content.ToArray();
    }

    /// <summary>A body whose connection ends before it does.</summary>
    private sealed class BreakingStream(ReadOnlyMemory<byte> content) : MemoryStream(content.ToArray(), writable: false)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await base.ReadAsync(buffer, cancellationToken) is > 0 and var read ? read : throw new IOException("The network is gone.");
    }
}
