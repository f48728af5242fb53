using System.Net;
using System.Net.WebSockets;
using System.Text;

namespace Gateway.Tests;

public sealed class WebSocketTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    [Fact]
    public async Task Messages_pass_in_both_directions_and_the_close_with_them()
    {
        using var socket = await ConnectAsync(options => options.SetRequestHeader("Authorization", $"Bearer {GatewayHost.ApiKey}"));
        await EchoAsync(socket, "{\"type\":\"session.update\"}");
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "OK", CancellationToken.None).OrTimeout();
        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
        Assert.Contains(gateway.Services.Seen, s => s is { Service: "voice-api", Path: "/v1/realtime?agent=receptionist" });
    }

    [Fact]
    public async Task A_key_among_the_subprotocols_lets_in_and_goes_no_further()
    {
        using var socket = await ConnectAsync(options =>
        {
            options.AddSubProtocol("realtime");
            options.AddSubProtocol($"openai-insecure-api-key.{GatewayHost.ApiKey}");
            options.SetRequestHeader("Origin", "https://a-partners-page.example");
        });
        Assert.Equal("realtime", socket.SubProtocol);
        await EchoAsync(socket, "hello");
        var seen = gateway.Services.Seen.Last(s => s.Path.StartsWith("/v1/realtime", StringComparison.Ordinal));
        Assert.Equal("realtime", seen.Headers["Sec-WebSocket-Protocol"]);
        Assert.DoesNotContain(seen.Headers, h => h.Value.Contains(GatewayHost.ApiKey, StringComparison.Ordinal));
        Assert.StartsWith("Bearer ", seen.Headers["Authorization"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_key_among_the_subprotocols_is_refused()
    {
        var exception = await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync(options =>
        {
            options.AddSubProtocol("realtime");
            options.AddSubProtocol("openai-insecure-api-key.va_wrong");
        }));
        Assert.Contains("401", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData(null)]
    public async Task A_cookie_opens_no_socket_for_another_site(string? origin)
    {
        var cookie = await gateway.CookieAsync(gateway.Anonymous());
        var exception = await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync(options =>
        {
            options.SetRequestHeader("Cookie", cookie);
            if (origin is not null)
            {
                options.SetRequestHeader("Origin", origin);
            }
        }));
        Assert.Contains("403", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cookie_opens_a_socket_for_our_own_pages()
    {
        var cookie = await gateway.CookieAsync(gateway.Anonymous());
        using var socket = await ConnectAsync(options =>
        {
            options.SetRequestHeader("Cookie", cookie);
            options.SetRequestHeader("Origin", gateway.Url.GetLeftPart(UriPartial.Authority));
            options.AddSubProtocol("realtime");
        });
        await EchoAsync(socket, "hello");
    }

    private async Task<ClientWebSocket> ConnectAsync(Action<ClientWebSocketOptions> configure)
    {
        var socket = new ClientWebSocket();
        configure(socket.Options);
        var url = new UriBuilder(new Uri(gateway.Url, "/v1/realtime?agent=receptionist")) { Scheme = "ws" }.Uri;
        await socket.ConnectAsync(url, CancellationToken.None).OrTimeout();
        return socket;
    }

    private static async Task EchoAsync(ClientWebSocket socket, string text)
    {
        await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None).OrTimeout();
        var buffer = new byte[1024];
        var received = await socket.ReceiveAsync(buffer, CancellationToken.None).OrTimeout();
        Assert.Equal((WebSocketMessageType.Text, text), (received.MessageType, Encoding.UTF8.GetString(buffer, 0, received.Count)));

        byte[] audio = [0, 1, 2, 250];
        await socket.SendAsync(audio, WebSocketMessageType.Binary, true, CancellationToken.None).OrTimeout();
        received = await socket.ReceiveAsync(buffer, CancellationToken.None).OrTimeout();
        Assert.Equal(WebSocketMessageType.Binary, received.MessageType);
        Assert.Equal(audio, buffer[..received.Count]);
    }
}
