using System.Text.RegularExpressions;

namespace Gateway.Tests.Http2;

/// <summary>Fields that HTTP/2 can carry and HTTP/1.1, which the services are asked in, would read as something else.</summary>
public sealed class Http2SmugglingTests(Http2Gateway gateway) : IClassFixture<Http2Gateway>
{
    [Fact]
    public async Task A_good_request_is_answered()
    {
        var path = NewPath();
        Assert.True(await RawHttp2.IsAnsweredAsync(gateway.Clear, Request(path)));
        Assert.Contains(gateway.Host.Services.Seen, seen => seen.Path == path);
    }

    [Theory]
    [InlineData("x-a", "b\r\nInjected: yes")]
    [InlineData("x-a", "b\nInjected: yes")]
    [InlineData("x-a", "b\rInjected: yes")]
    [InlineData("x-a", "b\0")]
    [InlineData("x-a\r\nInjected", "yes")]
    [InlineData("x-a: b\r\ninjected", "yes")]
    [InlineData("x a", "b")]
    [InlineData("X-Upper", "b")]
    [InlineData("", "b")]
    [InlineData("connection", "close")]
    [InlineData("connection", "authorization")]
    [InlineData("transfer-encoding", "chunked")]
    [InlineData("keep-alive", "timeout=9")]
    [InlineData("proxy-connection", "keep-alive")]
    [InlineData("upgrade", "websocket")]
    [InlineData("te", "gzip")]
    [InlineData("content-length", "10")]
    [InlineData("content-length", "0\r\nTransfer-Encoding: chunked")]
    [InlineData(":path", "/api/v1/other")]
    [InlineData(":method", "POST")]
    [InlineData(":authority", "other.example")]
    [InlineData(":scheme", "https")]
    [InlineData(":evil", "b")]
    [InlineData(":status", "200")]
    public async Task A_field_that_could_be_read_as_another_is_refused_and_reaches_nobody(string name, string value)
    {
        var path = NewPath();
        Assert.False(await RawHttp2.IsAnsweredAsync(gateway.Clear, [.. Request(path), (name, value)]));
        Assert.DoesNotContain(gateway.Host.Services.Seen, seen => seen.Path == path);
    }

    [Theory]
    [InlineData(":path", "{0} HTTP/1.1\r\nInjected: yes\r\n\r\n")]
    [InlineData(":path", "{0}\r\nInjected: yes")]
    [InlineData(":path", "http://169.254.169.254{0}")]
    [InlineData(":path", "")]
    [InlineData(":method", "GET {0} HTTP/1.1\r\nHost: x\r\n\r\nPOST")]
    [InlineData(":authority", "a\r\nInjected: yes")]
    [InlineData(":authority", "a@b")]
    [InlineData(":authority", "a/b")]
    [InlineData(":scheme", "http://evil.example/?")]
    public async Task Nor_does_the_head_of_a_request_hold_another(string name, string value)
    {
        var path = NewPath();
        var request = Request(path).Select(field => field.Name == name ? (name, string.Format(null, value, path)) : field);
        Assert.False(await RawHttp2.IsAnsweredAsync(gateway.Clear, request));
        Assert.DoesNotContain(gateway.Host.Services.Seen, seen => Regex.IsMatch(seen.Path, path));
    }

    [Fact]
    public async Task The_authority_is_the_host_whatever_else_is_said()
    {
        var path = NewPath();
        await RawHttp2.IsAnsweredAsync(gateway.Clear, [.. Request(path), ("host", "evil.example")]);
        Assert.All(gateway.Host.Services.Seen.Where(seen => seen.Path == path), seen =>
        {
            Assert.DoesNotContain(seen.Headers, header => header.Value.Contains("evil.example", StringComparison.Ordinal));
            Assert.Equal(gateway.Clear.Authority, seen.Header("X-Forwarded-Host"));
        });
    }

    private static string NewPath() => $"/api/v1/agents/{Guid.NewGuid():n}";

    private (string Name, string Value)[] Request(string path) =>
    [
        (":method", "GET"), (":scheme", "http"), (":path", path), (":authority", gateway.Clear.Authority), ("authorization", $"Bearer {GatewayHost.ApiKey}"),
    ];
}
