using System.Text.Json;

namespace Gateway.Tests;

/// <summary>What attackers try with the bytes of HTTP itself.</summary>
public sealed class SmugglingTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    private string Authorized => $"Host: {gateway.Url.Authority}\r\nAuthorization: Bearer {GatewayHost.ApiKey}\r\nConnection: close\r\n";

    [Theory]
    [InlineData("Content-Length: 4\r\nContent-Length: 39\r\n\r\nbody")]
    [InlineData("Content-Length: 4, 39\r\n\r\nbody")]
    [InlineData("Content-Length: -1\r\n\r\n")]
    [InlineData("Content-Length: 0x4\r\n\r\nbody")]
    [InlineData("Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nZ\r\nbody\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n4 \r\nbody\r\n0\r\n\r\n")]
    [InlineData("X-Folded: one\r\n two\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("X-Folded : one\r\nContent-Length: 0\r\n\r\n")]
    [InlineData(" X-Indented: one\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("X-Nul: a\0b\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("No-Colon\r\nContent-Length: 0\r\n\r\n")]
    public async Task A_message_that_could_be_read_in_two_ways_is_refused_and_reaches_nobody(string rest)
    {
        var marker = $"/api/v1/agents/{Guid.NewGuid():n}";
        var answer = await RawHttp.AskAsync(gateway.Url, $"POST {marker} HTTP/1.1\r\n{Authorized}{rest}");

        Assert.Matches("^(HTTP/1.1 400 |$)", answer.Split('\n')[0]);
        Assert.DoesNotContain(gateway.Services.Seen, seen => seen.Path == marker && seen.Headers.ContainsKey("X-Folded"));
        Assert.DoesNotContain("HTTP/1.1 200", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_length_that_the_server_reads_leniently_goes_on_in_one_form()
    {
        var marker = $"/api/v1/agents/{Guid.NewGuid():n}";
        await RawHttp.AskAsync(gateway.Url, $"POST {marker} HTTP/1.1\r\n{Authorized}Content-Length: +4\r\n\r\nbody");

        Assert.All(gateway.Services.Seen.Where(seen => seen.Path == marker), seen => Assert.Equal("4", seen.Header("Content-Length")));
    }

    [Fact]
    public async Task Length_and_chunks_together_are_one_request_and_what_follows_is_not_another_ones()
    {
        var (outer, inner) = ($"/api/v1/agents/{Guid.NewGuid():n}", $"/api/v1/agents/{Guid.NewGuid():n}");
        // Who goes by the length takes the inner request for the body; who goes by the chunks for a request of its own.
        var hidden = $"GET {inner} HTTP/1.1\r\nHost: x\r\n\r\n";
        var answer = await RawHttp.AskAsync(
            gateway.Url, $"POST {outer} HTTP/1.1\r\n{Authorized}Content-Length: {hidden.Length + 5}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{hidden}");

        // Refused, or taken as chunks and the connection closed behind it, as RFC 9112 wants; never two answers.
        Assert.Equal(1, answer.Split("HTTP/1.1 ").Length - 1);
        Assert.DoesNotContain(gateway.Services.Seen, seen => seen.Path == inner);
        Assert.All(gateway.Services.Seen.Where(seen => seen.Path == outer), seen => Assert.False(seen.Headers.ContainsKey("Content-Length") && seen.Headers.ContainsKey("Transfer-Encoding")));
    }

    [Theory]
    [InlineData("Host: other.example\r\nHost: {0}\r\n")]
    [InlineData("")]
    [InlineData("Host: a b\r\n")]
    public async Task A_request_without_exactly_one_good_host_is_refused(string host) => Assert.StartsWith(
        "HTTP/1.1 400 ",
        await RawHttp.AskAsync(gateway.Url, $"GET /api/v1/agents HTTP/1.1\r\n{string.Format(null, host, gateway.Url.Authority)}Connection: close\r\n\r\n"));

    [Theory]
    [InlineData("Authorization: Bearer stolen.internal.token\r\nAuthorization: Bearer {0}")]
    [InlineData("Authorization: Bearer {0}\r\nAuthorization: Bearer stolen.internal.token")]
    public async Task Two_credentials_are_none(string headers)
    {
        var marker = $"/api/v1/agents/{Guid.NewGuid():n}";
        var answer = await RawHttp.AskAsync(
            gateway.Url, $"GET {marker} HTTP/1.1\r\nHost: {gateway.Url.Authority}\r\nConnection: close\r\n{string.Format(null, headers, GatewayHost.ApiKey)}\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 401 ", answer);
        Assert.DoesNotContain(gateway.Services.Seen, seen => seen.Path == marker);
    }

    [Fact]
    public async Task Headers_that_a_client_names_as_hop_by_hop_do_not_take_ours_away_and_hop_by_hop_ones_go_no_further()
    {
        var marker = $"/api/v1/agents/{Guid.NewGuid():n}";
        await RawHttp.AskAsync(
            gateway.Url,
            $"GET {marker} HTTP/1.1\r\nHost: {gateway.Url.Authority}\r\nAuthorization: Bearer {GatewayHost.ApiKey}\r\nConnection: close, Authorization, X-Forwarded-For, X-Request-Id\r\n"
            + "TE: gzip\r\nKeep-Alive: timeout=9\r\nProxy-Connection: keep-alive\r\nX-Voice-Reserved: 0\r\nX-Client-Secret-Hash: abc\r\n\r\n");

        var seen = Assert.Single(gateway.Services.Seen, seen => seen.Path == marker);
        Assert.StartsWith("Bearer ey", seen.Header("Authorization"));
        Assert.Equal("127.0.0.1", seen.Header("X-Forwarded-For"));
        Assert.All(["TE", "Keep-Alive", "Proxy-Connection", "X-Voice-Reserved", "X-Client-Secret-Hash"], name => Assert.DoesNotContain(name, seen.Headers.Keys, StringComparer.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("/ui/../api/v1/agents/{0}")]
    [InlineData("/ui/%2e%2e/api/v1/agents/{0}")]
    [InlineData("/ui/..%2fapi/v1/agents/{0}")]
    [InlineData("/ui/%2e%2e%2fapi%2fv1%2fagents/{0}")]
    [InlineData("/ui/%252e%252e/api/v1/agents/{0}")]
    [InlineData("/ui/..\\api\\v1\\agents\\{0}")]
    [InlineData("/ui/..%5capi%5cv1%5cagents%5c{0}")]
    [InlineData("/ui/..;/api/v1/agents/{0}")]
    [InlineData("/api/v1/sessions/a/recording/content/../../../../agents/{0}")]
    [InlineData("/api/v1/sessions/..%2f..%2f..%2fmetrics/recording/content?{0}")]
    public async Task No_way_of_writing_a_path_leads_from_an_open_route_into_a_closed_one(string path)
    {
        var marker = Guid.NewGuid().ToString("n");
        await RawHttp.AskAsync(gateway.Url, $"GET {string.Format(null, path, marker)} HTTP/1.1\r\nHost: {gateway.Url.Authority}\r\nConnection: close\r\n\r\n");

        // Either refused, or passed on to the open route's own service, without an identity, with the dots still harmless to who decodes them once.
        foreach (var seen in gateway.Services.Seen.Where(seen => seen.Path.Contains(marker, StringComparison.Ordinal)))
        {
            Assert.DoesNotContain("Authorization", seen.Headers.Keys, StringComparer.OrdinalIgnoreCase);
            Assert.True(
                seen.Service == "web" ? seen.Path.StartsWith("/ui/", StringComparison.Ordinal) : seen.Path.Contains("/recording/content", StringComparison.Ordinal),
                $"{seen.Service} was asked for {seen.Path}");
        }
    }

    [Theory]
    [InlineData("GET http://169.254.169.254/latest/meta-data HTTP/1.1")]
    [InlineData("GET https://internal.example/api/v1/agents HTTP/1.1")]
    [InlineData("CONNECT 127.0.0.1:22 HTTP/1.1")]
    [InlineData("GET /api/v1/agents/@169.254.169.254 HTTP/1.1")]
    public async Task The_gateway_goes_nowhere_but_to_its_services_whatever_a_request_line_says(string line)
    {
        var answer = await RawHttp.AskAsync(gateway.Url, $"{line}\r\nHost: 169.254.169.254\r\nAuthorization: Bearer {GatewayHost.ApiKey}\r\nConnection: close\r\n\r\n");
        var body = answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        if (answer.StartsWith("HTTP/1.1 200", StringComparison.Ordinal))
        {
            // One of ours answered, which says so.
            Assert.Contains("\"Service\"", body, StringComparison.Ordinal);
            Assert.Contains(gateway.Services.Seen, seen => seen.Path is "/latest/meta-data" or "/api/v1/agents" or "/api/v1/agents/@169.254.169.254");
        }
        else
        {
            Assert.Matches("^HTTP/1.1 4\\d\\d ", answer);
        }
    }
}
