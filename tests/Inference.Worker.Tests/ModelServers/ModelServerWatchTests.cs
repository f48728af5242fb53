using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Http;
using Voice.Inference.Tests.Providers;

namespace Voice.Inference.Tests.ModelServers;

/// <summary>The worker beside a model server, which the test plays.</summary>
public sealed class ModelServerWatchTests : IAsyncLifetime
{
    private ProviderServer _server = null!;
    private ServiceFactory<Program> _factory = null!;
    private readonly ConcurrentQueue<(string? Path, int Status)> _answered = new();
    private int _status = 503;

    public async Task InitializeAsync()
    {
        _server = await ProviderServer.StartAsync();
        _server.Answer = context =>
        {
            context.Response.StatusCode = Volatile.Read(ref _status);
            _answered.Enqueue((context.Request.Path, context.Response.StatusCode));
            return context.Response.WriteAsync("{}");
        };
        _factory = new ServiceFactory<Program>().With("Engines:Decoders:Warm", "0").With("Engines:Speakers:Warm", "0")
            .With("ModelServers:Interval", "00:00:00.050")
            .With("ModelServers:Servers:vllm:BaseUrl", new Uri(_server.Address, "v1").ToString()).With("ModelServers:Servers:vllm:Model", "qwen")
            .With("ModelServers:Servers:whisper:BaseUrl", new Uri(_server.Address, "v1").ToString()).With("ModelServers:Servers:whisper:Model", "whisper")
            .With("ModelServers:Servers:whisper:WarmUp", "Transcription");
    }

    public async Task DisposeAsync()
    {
        await _factory.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task The_worker_gets_no_requests_until_every_model_is_loaded_and_warm_and_none_again_when_one_is_gone()
    {
        using var client = _factory.CreateClient();
        await Deadline.Until(() => Task.FromResult(!_server.Requests.IsEmpty));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync("/health").OrTimeout()).StatusCode);
        Assert.DoesNotContain(_server.Requests, request => request.Method == "POST");

        Volatile.Write(ref _status, 200);
        await Deadline.Until(async () => (await client.GetAsync("/health")).IsSuccessStatusCode);
        Assert.Equal(
            ["/v1/audio/transcriptions", "/v1/chat/completions"], _server.Requests.Where(request => request.Method == "POST").Select(request => request.Target).Order());
        Assert.Contains(_server.Requests, request => request.Target == "/v1/models/qwen");

        // Both have to be gone: who looked while the other was would find nothing amiss.
        Volatile.Write(ref _status, 500);
        await Deadline.Until(() => Task.FromResult(_answered.Where(answer => answer.Status == 500).Select(answer => answer.Path).Distinct().Count() == 2));
        await Deadline.Until(async () => (await client.GetAsync("/health")).StatusCode == HttpStatusCode.ServiceUnavailable);
        Volatile.Write(ref _status, 200);
        await Deadline.Until(async () => (await client.GetAsync("/health")).IsSuccessStatusCode);
        Assert.Equal(4, _server.Requests.Count(request => request.Method == "POST"));
    }

    [Fact]
    public async Task The_worker_gets_no_requests_while_a_model_file_is_missing()
    {
        Volatile.Write(ref _status, 200);
        _factory.With("ModelServers:Files:whisper.bin", new string('a', 64));
        using var client = _factory.CreateClient();
        await Deadline.Until(() => Task.FromResult(_server.Requests.Count(request => request.Method == "POST") == 2));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync("/health").OrTimeout()).StatusCode);
    }

    [Theory]
    [InlineData("ModelServers:Servers:vllm:BaseUrl", "ftp://x")]
    [InlineData("ModelServers:Servers:vllm:Model", "")]
    [InlineData("ModelServers:Interval", "00:00:00")]
    public void What_is_wrong_with_the_settings_stops_the_start_and_is_named(string key, string value)
    {
        _factory.With(key, value);

        Assert.Contains(key, Assert.ThrowsAny<Exception>(() => _factory.CreateClient()).ToString());
    }
}
