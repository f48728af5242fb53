using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Voice.Core.Providers;
using Voice.Inference.Providers.Sockets;

namespace Voice.Inference.Tests.Providers;

public sealed class ProviderSocketTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly ManualTimeProvider _time = new();
    private ProviderServer _server = null!;

    public async Task InitializeAsync() => _server = await ProviderServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task A_message_in_fragments_is_one_message_and_a_close_is_none()
    {
        var large = new byte[100_000];
        Random.Shared.NextBytes(large);
        _server.Talk = async (socket, _, cancellationToken) =>
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes("{\"a\":"), WebSocketMessageType.Text, false, cancellationToken);
            await socket.SendAsync(Encoding.UTF8.GetBytes("1}"), WebSocketMessageType.Text, true, cancellationToken);
            await socket.SendAsync(large, WebSocketMessageType.Binary, true, cancellationToken);
        };
        await using var client = await ConnectAsync();

        var text = (await client.ReceiveAsync(default).AsTask().OrTimeout())!.Value;
        Assert.True(text.IsText);
        Assert.Equal("{\"a\":1}", Encoding.UTF8.GetString(text.Payload.Span));
        Assert.Equal(large, (await client.ReceiveAsync(default).AsTask().OrTimeout())!.Value.Payload.ToArray());
        Assert.Null(await client.ReceiveAsync(default).AsTask().OrTimeout());
        Assert.Equal(WebSocketCloseStatus.NormalClosure, client.CloseStatus);
    }

    [Fact]
    public async Task Headers_are_sent_and_messages_arrive()
    {
        var heard = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        _server.Talk = async (socket, request, cancellationToken) =>
        {
            var buffer = new byte[100];
            var part = await socket.ReceiveAsync(buffer, cancellationToken);
            heard.SetResult($"{request.Header("X-Key")} {part.MessageType} {Encoding.UTF8.GetString(buffer, 0, part.Count)}");
        };
        await using var client = await ConnectAsync();
        await client.SendTextAsync("hi"u8.ToArray(), default);

        Assert.Equal("secret Text hi", await heard.Task.OrTimeout());
    }

    [Theory]
    [InlineData(401, "provider_unavailable")]
    [InlineData(400, "provider_rejected")]
    [InlineData(500, "provider_failed")]
    public async Task A_refused_handshake_says_why_without_the_key(int status, string code)
    {
        Refuse(status);

        var failure = await Assert.ThrowsAsync<ProviderException>(() => ConnectAsync()).OrTimeout();
        Assert.Equal(code, failure.Code);
        Assert.DoesNotContain("secret", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handshake_refused_for_its_rate_says_how_long_to_wait()
    {
        Refuse(429, "7");

        var failure = await Assert.ThrowsAsync<ProviderException>(() => ConnectAsync()).OrTimeout();
        Assert.Equal(("provider_unavailable", TimeSpan.FromSeconds(7)), (failure.Code, failure.RetryAfter));
    }

    [Fact]
    public async Task Nobody_at_the_address_is_unavailable()
    {
        var failure = await Assert.ThrowsAsync<ProviderException>(() => ConnectAsync(new Uri("http://127.0.0.1:1"))).OrTimeout();

        Assert.Equal("provider_unavailable", failure.Code);
    }

    [Fact]
    public async Task A_service_that_says_nothing_is_given_up_unless_it_owes_nothing()
    {
        _server.Talk = (_, _, cancellationToken) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        await using var client = await ConnectAsync();
        using var stop = new CancellationTokenSource();
        var idle = client.ReceiveAsync(stop.Token, isIdle: true).AsTask();
        _time.Advance(TimeSpan.FromHours(1));
        Assert.False(idle.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => idle).OrTimeout();

        await using var other = await ConnectAsync();
        var owed = other.ReceiveAsync(default).AsTask();
        _time.Advance(Limit);
        Assert.Equal("provider_unavailable", (await Assert.ThrowsAsync<ProviderException>(() => owed).OrTimeout()).Code);
    }

    [Fact]
    public async Task A_message_without_end_is_refused()
    {
        _server.Talk = async (socket, _, cancellationToken) =>
        {
            var part = new byte[256 * 1024];
            while (true)
            {
                await socket.SendAsync(part, WebSocketMessageType.Binary, false, cancellationToken);
            }
        };
        await using var client = await ConnectAsync();

        Assert.Equal("provider_failed", (await Assert.ThrowsAsync<ProviderException>(() => client.ReceiveAsync(default).AsTask()).OrTimeout()).Code);
    }

    [Fact]
    public async Task A_cut_connection_is_a_failure_and_a_disposed_one_ends_at_the_server()
    {
        _server.Talk = async (socket, _, cancellationToken) =>
        {
            // A connection cut right after its handshake may lose the handshake as well.
            await socket.ReceiveAsync(new byte[8], cancellationToken);
            throw new IOException("cut");
        };
        await using (var cut = await ConnectAsync())
        {
            await cut.SendTextAsync("now"u8.ToArray(), default);
            Assert.Equal("provider_failed", (await Assert.ThrowsAsync<ProviderException>(() => cut.ReceiveAsync(default).AsTask()).OrTimeout()).Code);
        }

        _server.Talk = (_, _, cancellationToken) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        await (await ConnectAsync()).DisposeAsync();
        await Deadline.Until(() => Task.FromResult(_server.Open == 0));
    }

    private Task<ProviderSocket> ConnectAsync(Uri? address = null) =>
        ProviderSocket.ConnectAsync(address ?? _server.Address, [new("X-Key", "secret")], "The service", Limit, _time, CancellationToken.None);

    private void Refuse(int status, string? retryAfter = null) => _server.Answer = context =>
    {
        context.Response.StatusCode = status;
        context.Response.Headers.RetryAfter = retryAfter;
        return Task.CompletedTask;
    };
}
