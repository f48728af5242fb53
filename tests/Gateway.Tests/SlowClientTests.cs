using System.Net;

namespace Gateway.Tests;

/// <summary>Clients that hold the server by doing little. Limits are short here; none of it waits for a moment, only for the end.</summary>
public sealed class SlowClientTests
{
    [Fact]
    public async Task Headers_that_never_end_and_bodies_that_hardly_come_are_cut_off_while_others_are_served()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var services = await FakeServices.StartAsync();
        await using var factory = GatewayHost.CreateFactory(database, services.Addresses, TimeProvider.System)
            .With("Edge:HeadersTimeout", "00:00:01").With("Edge:SlowBodyGrace", "00:00:01.500").With("Edge:KeepAliveTimeout", "00:00:02");
        await factory.WithCacheAsync();
        factory.StartServer();
        var url = factory.ClientOptions.BaseAddress;

        var headers = await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ =>
        {
            var slow = await RawHttp.ConnectAsync(url);
            await slow.SendAsync($"GET /api/v1/agents HTTP/1.1\r\nHost: {url.Authority}\r\nX-Slow: ");
            return slow;
        }));
        using var body = await RawHttp.ConnectAsync(url);
        await body.SendAsync($"POST /api/v1/agents HTTP/1.1\r\nHost: {url.Authority}\r\nAuthorization: Bearer {GatewayHost.ApiKey}\r\nContent-Length: 1000\r\n\r\nx");
        using var silent = await RawHttp.ConnectAsync(url);

        using var client = new HttpClient { BaseAddress = url };
        client.DefaultRequestHeaders.Add("Authorization", $"Bearer {GatewayHost.ApiKey}");
        using (var response = await client.GetAsync("/api/v1/agents"))
        {
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        foreach (var slow in headers)
        {
            Assert.Matches("^(HTTP/1.1 408 |$)", (await slow.ReadToEndAsync()).Split('\n')[0]);
            slow.Dispose();
        }

        Assert.Matches("^(HTTP/1.1 4\\d\\d |$)", (await body.ReadToEndAsync()).Split('\n')[0]);
        Assert.Equal("", await silent.ReadToEndAsync());
    }

    [Fact]
    public async Task A_client_that_does_not_read_is_cut_off_and_the_service_that_answers_it_stopped()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var services = await FakeServices.StartAsync();
        await using var factory = GatewayHost.CreateFactory(database, services.Addresses, TimeProvider.System)
            .With("Edge:SlowBodyGrace", "00:00:01.500").With("Edge:MinBodyBytesPerSecond", "1000000");
        await factory.WithCacheAsync();
        factory.StartServer();
        var url = factory.ClientOptions.BaseAddress;
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        services.Answers["/v1/audio/speech"] = async context =>
        {
            using var noticed = context.RequestAborted.Register(() => stopped.TrySetResult());
            while (true)
            {
                await context.Response.Body.WriteAsync(new byte[64 * 1024], context.RequestAborted);
            }
        };

        using var slow = await RawHttp.ConnectAsync(url);
        await slow.SendAsync($"POST /v1/audio/speech HTTP/1.1\r\nHost: {url.Authority}\r\nAuthorization: Bearer {GatewayHost.ApiKey}\r\nContent-Length: 0\r\n\r\n");
        await stopped.Task.OrTimeout();
    }

    [Fact]
    public async Task Beyond_the_most_connections_new_ones_are_closed_and_room_is_made_when_old_ones_go()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var services = await FakeServices.StartAsync();
        await using var factory = GatewayHost.CreateFactory(database, services.Addresses, TimeProvider.System).With("Edge:MaxConnections", "10");
        await factory.WithCacheAsync();
        factory.StartServer();
        var url = factory.ClientOptions.BaseAddress;
        var request = $"GET /alive HTTP/1.1\r\nHost: {url.Authority}\r\n\r\n";

        var held = new List<RawHttp>();
        for (var i = 0; i < 10; i++)
        {
            held.Add(await RawHttp.ConnectAsync(url));
            await held[i].SendAsync("GET /alive HTTP/1.1\r\n");
        }

        Assert.Equal("", await RawHttp.AskAsync(url, request));
        held.ForEach(one => one.Dispose());
        await Deadline.Until(async () => (await RawHttp.AskAsync(url, request.Replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n", StringComparison.Ordinal))).StartsWith("HTTP/1.1 200", StringComparison.Ordinal));
    }
}
