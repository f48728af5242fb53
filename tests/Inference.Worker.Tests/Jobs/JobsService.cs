using System.Globalization;
using Voice.Inference.Uploads;

namespace Voice.Inference.Tests.Jobs;

/// <summary>The worker with a database and Blob Storage, as uploads and jobs need it.</summary>
public sealed class JobsService : IAsyncLifetime
{
    public TestDatabase Database { get; private set; } = null!;

    public ServiceFactory<Program> Factory { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Database = await TestDatabase.CreateAsync();
        Factory = await new ServiceFactory<Program>().WithDatabase(Database)
            .With("Engines:Decoders:Warm", "0").With("Engines:Speakers:Warm", "0").With("Uploads:CleanEvery", "00:00:00.100")
            .WithBlobsAsync();
    }

    public async Task DisposeAsync()
    {
        await Factory.DisposeAsync();
        await Database.DisposeAsync();
    }

    public HttpClient CreateClient(string organization = "org_a", string scopes = TestIdentity.AllScopes) =>
        Factory.CreateClient().As(organization, $"user_{organization}", scopes: scopes);
}

/// <summary>A tus client that does one request at a time, as a test wants it.</summary>
internal static class TusClient
{
    public static HttpRequestMessage Request(HttpMethod method, string path, long? offset = null, HttpContent? content = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Add("Tus-Resumable", "1.0.0");
        if (offset is { } at)
        {
            request.Headers.Add("Upload-Offset", at.ToString(CultureInfo.InvariantCulture));
        }

        return request;
    }

    public static async Task<string> CreateUploadAsync(this HttpClient client, long length, string? metadata = null)
    {
        using var request = Request(HttpMethod.Post, UploadsApi.Path);
        request.Headers.Add("Upload-Length", length.ToString(CultureInfo.InvariantCulture));
        if (metadata is not null)
        {
            request.Headers.Add("Upload-Metadata", metadata);
        }

        using var response = await client.SendAsync(request).OrTimeout();
        Assert.True(response.StatusCode == System.Net.HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        return response.Headers.Location!.OriginalString;
    }

    public static async Task<HttpResponseMessage> AppendAsync(this HttpClient client, string path, long offset, HttpContent content, string? checksum = null)
    {
        content.Headers.ContentType = new("application/offset+octet-stream");
        using var request = Request(HttpMethod.Patch, path, offset, content);
        if (checksum is not null)
        {
            request.Headers.Add("Upload-Checksum", checksum);
        }

        return await client.SendAsync(request).OrTimeout();
    }

    public static async Task<long> OffsetAsync(this HttpClient client, string path)
    {
        using var request = Request(HttpMethod.Head, path);
        using var response = await client.SendAsync(request).OrTimeout();
        response.EnsureSuccessStatusCode();
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
        return long.Parse(response.Headers.GetValues("Upload-Offset").Single(), CultureInfo.InvariantCulture);
    }

    /// <summary>A whole file in one request. Its id.</summary>
    public static async Task<string> UploadAsync(this HttpClient client, byte[] file)
    {
        var path = await client.CreateUploadAsync(file.Length);
        using var response = await client.AppendAsync(path, 0, new ByteArrayContent(file));
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return path.Split('/')[^1];
    }
}
