using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Voice.Api.Agents;
using Voice.Api.Tests.Support;
using Voice.Api.Tools;
using Voice.Core.Tools;
using Voice.ServiceDefaults.Http.Outbound;

namespace Voice.Api.Tests.Tools;

public sealed class HttpToolTests : IAsyncLifetime
{
    private const string Public = "93.184.216.34";

    private readonly LogCollector _logs = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly HttpToolOptions _options = new() { AllowHttp = true, MaxAnswerBytes = 1_024 };
    private ToolServer _server = null!;
    private FakeNetwork _network = null!;
    private HttpToolClient _client = null!;

    public async Task InitializeAsync()
    {
        _server = await ToolServer.StartAsync();
        var options = Options.Create(_options);
        _network = new FakeNetwork(options.Value, _server.EndPoint);
        var loggers = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(_logs));
        _client = new HttpToolClient(
            options, _network, new HttpToolMetrics(_services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>()), TimeProvider.System, loggers.CreateLogger<HttpToolClient>());
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        await _services.DisposeAsync();
    }

    [Fact]
    public async Task Arguments_go_into_the_address_they_are_named_in_and_the_rest_into_the_body()
    {
        var result = await CallAsync(Tool("http://shop.example/orders/{id}?lang={lang}"), """{"id":"a/b c","lang":"es","note":"hola","count":2}""");

        Assert.Equal(new ToolResult("""{"ok":true}"""), result);
        var (method, target, body, headers) = Assert.Single(_server.Requests);
        Assert.Equal(("POST", "/orders/a%2Fb%20c?lang=es", """{"note":"hola","count":2}"""), (method, target, body));
        Assert.Equal(("call_1", "shop.example"), (headers["Idempotency-Key"], headers["Host"]));
        Assert.DoesNotContain("traceparent", headers.Keys, StringComparer.OrdinalIgnoreCase);
        Assert.Equal(Public, _network.Connected.Single().Address.ToString());
    }

    [Fact]
    public async Task Arguments_of_a_get_are_a_query()
    {
        await CallAsync(Tool("http://shop.example/find?key=1", "get"), """{"q":"a&b=c","max":3}""");
        Assert.Equal(("GET", "/find?key=1&q=a%26b%3Dc&max=3", ""), (_server.Requests[0].Method, _server.Requests[0].Target, _server.Requests[0].Body));
    }

    [Fact]
    public async Task Secret_headers_are_sent_and_neither_logged_nor_told()
    {
        _options.Secrets["org_a"] = new() { ["crm"] = "Bearer s3cret" };
        _server.Answer = context =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        };
        var tool = Tool("http://shop.example/x") with { Headers = new Dictionary<string, string> { ["Authorization"] = "secret:crm", ["X-Key"] = "k3y" } };
        var result = await CallAsync(tool, "{}");

        Assert.Equal(("Bearer s3cret", "k3y"), (_server.Requests[0].Headers["Authorization"], _server.Requests[0].Headers["X-Key"]));
        Assert.Equal(new ToolResult("The tool failed with status 500.", true), result);
        Assert.NotEmpty(_logs.Messages);
        Assert.DoesNotContain(_logs.Messages, entry => entry.Contains("s3cret") || entry.Contains("k3y"));

        // Another organization's secret does not exist.
        Assert.Contains("There is no secret", (await _client.CallAsync("org_b", tool, Call("{}"), default).OrTimeout()).Output);
        Assert.Single(_server.Requests);
    }

    [Theory]
    [InlineData("Host")]
    [InlineData("transfer-encoding")]
    [InlineData("Content-Length")]
    [InlineData("X-Ok\r\nX-Bad")]
    public async Task Headers_that_frame_the_message_are_refused(string header)
    {
        var result = await CallAsync(Tool("http://shop.example/x") with { Headers = new Dictionary<string, string> { [header] = "1" } }, "{}");
        Assert.True(result.Failed);
        Assert.Empty(_server.Requests);
    }

    [Theory]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://2130706433/")]
    [InlineData("http://0177.0.0.1/")]
    [InlineData("http://0x7f.0.0.1/")]
    [InlineData("http://0x7f000001/")]
    [InlineData("http://127.1/")]
    [InlineData("http://[::1]/")]
    [InlineData("http://[::ffff:127.0.0.1]/")]
    [InlineData("http://[::ffff:a9fe:a9fe]/")]
    [InlineData("http://[64:ff9b::7f00:1]/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://10.1.2.3/")]
    [InlineData("http://127.0.0.1./")]
    [InlineData("http://localhost/")]
    [InlineData("http://inside.example/")]
    [InlineData("http://mixed-inside.example/")]
    [InlineData("http://①②⑦.⓪.⓪.①/")]
    [InlineData("http://user@shop.example/")]
    [InlineData("http://shop.example@127.0.0.1/")]
    [InlineData("http://shop.example:22/")]
    [InlineData("http://shop.example:6379/")]
    [InlineData("ftp://shop.example/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://shop.example/")]
    public async Task Addresses_that_lead_inside_are_not_called(string url)
    {
        _network.Names["localhost"] = ["127.0.0.1", "::1"];
        _network.Names["inside.example"] = ["10.0.0.8"];
        _network.Names["mixed-inside.example"] = ["192.168.0.1", "fd00::1"];

        var result = await CallAsync(Tool(url), "{}");

        Assert.True(result.Failed);
        Assert.Empty(_network.Connected);
    }

    [Fact]
    public async Task A_name_that_changes_its_mind_is_asked_once_per_connection_and_what_it_said_is_what_is_connected_to()
    {
        _network.Names["rebind.example"] = [Public];
        _network.AfterResolving = () => _network.Names["rebind.example"] = ["127.0.0.1"];
        _server.Answer = context =>
        {
            context.Response.Headers.Connection = "close";
            return context.Response.WriteAsync("ok");
        };

        await CallAsync(Tool("http://rebind.example/"), "{}");
        Assert.Equal([Public], _network.Connected.Select(e => e.Address.ToString()));
        var second = await CallAsync(Tool("http://rebind.example/"), "{}");
        Assert.True(second.Failed);
        Assert.Single(_network.Connected);
    }

    [Fact]
    public async Task Of_a_name_with_addresses_on_both_sides_only_the_public_one_is_used()
    {
        _network.Names["both.example"] = ["127.0.0.1", Public];
        await CallAsync(Tool("http://both.example/"), "{}");
        Assert.Equal([Public], _network.Connected.Select(e => e.Address.ToString()));
    }

    [Fact]
    public async Task Redirects_are_not_followed()
    {
        _server.Answer = context =>
        {
            context.Response.Redirect("http://127.0.0.1/admin");
            return Task.CompletedTask;
        };
        var result = await CallAsync(Tool("http://shop.example/x"), "{}");

        Assert.True(result.Failed);
        Assert.Contains("redirect", result.Output);
        Assert.Single(_network.Connected);
    }

    [Fact]
    public async Task Plain_http_needs_leave()
    {
        _options.AllowHttp = false;
        Assert.Contains("https", (await CallAsync(Tool("http://shop.example/x"), "{}")).Output);
        Assert.Empty(_network.Connected);
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("")]
    public async Task An_argument_cannot_climb_out_of_its_place_in_the_path(string value)
    {
        Assert.True((await CallAsync(Tool("http://shop.example/public/{id}/x"), $$"""{"id":"{{value}}"}""")).Failed);
        Assert.Empty(_server.Requests);
    }

    [Theory]
    [InlineData("http://{host}/x")]
    [InlineData("http://shop.example:{port}/x")]
    public async Task An_argument_cannot_choose_the_host(string url)
    {
        var made = Uri.TryCreate(url, UriKind.Absolute, out var address);
        Assert.True(!made || (await CallAsync(Tool(url) with { Url = address! }, """{"host":"127.0.0.1","port":22}""")).Failed);
        Assert.Empty(_network.Connected);
    }

    [Fact]
    public async Task A_long_answer_is_cut_between_characters()
    {
        _server.Answer = context =>
        {
            context.Response.ContentType = "text/plain";
            return context.Response.WriteAsync("x" + new string('한', 2_000));
        };
        var result = await CallAsync(Tool("http://shop.example/x"), "{}");

        Assert.False(result.Failed);
        Assert.Equal("x" + new string('한', 341) + " … (the answer was longer)", result.Output);
    }

    [Theory]
    [InlineData("image/png")]
    [InlineData("application/octet-stream")]
    public async Task An_answer_that_is_no_text_is_not_for_a_model(string type)
    {
        _server.Answer = context =>
        {
            context.Response.ContentType = type;
            return context.Response.Body.WriteAsync(new byte[100]).AsTask();
        };
        Assert.True((await CallAsync(Tool("http://shop.example/x"), "{}")).Failed);
    }

    [Fact]
    public async Task A_tool_that_takes_too_long_is_a_result_and_a_caller_that_leaves_is_not()
    {
        _server.Answer = context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        var late = await CallAsync(Tool("http://shop.example/x") with { TimeoutMs = 100 }, "{}");
        Assert.Equal(new ToolResult("The tool did not answer within 0.1 seconds.", true), late);

        using var leaving = new CancellationTokenSource();
        var call = _client.CallAsync("org_a", Tool("http://shop.example/x"), Call("{}"), leaving.Token);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call).OrTimeout();
    }

    [Fact]
    public async Task One_organization_does_not_take_anothers_places()
    {
        _options.Concurrency = 1;
        var release = new TaskCompletionSource();
        _server.Answer = async context =>
        {
            if (context.Request.Path == "/slow")
            {
                await release.Task;
            }

            await context.Response.WriteAsync("ok");
        };
        var first = CallAsync(Tool("http://shop.example/slow"), "{}");
        await Deadline.Until(() => Task.FromResult(_server.Requests.Count == 1));
        var second = CallAsync(Tool("http://shop.example/fast"), "{}");
        await _client.CallAsync("org_b", Tool("http://shop.example/fast"), Call("{}"), default).OrTimeout();
        Assert.False(second.IsCompleted);
        release.SetResult();
        await Task.WhenAll(first, second).OrTimeout();
    }

    [Fact]
    public async Task A_tool_that_breaks_off_is_a_result()
    {
        _server.Answer = async context =>
        {
            context.Response.ContentLength = 100;
            context.Response.ContentType = "text/plain";
            await context.Response.WriteAsync("half");
            await context.Response.Body.FlushAsync();
            context.Abort();
        };
        Assert.True((await CallAsync(Tool("http://shop.example/x"), "{}")).Failed);
    }

    private Task<ToolResult> CallAsync(AgentTool tool, string arguments) => _client.CallAsync("org_a", tool, Call(arguments), CancellationToken.None).OrTimeout();

    private static ToolCall Call(string arguments) =>
        new("call_1", new ToolDefinition("find", "", default), JsonDocument.Parse(arguments).RootElement);

    private static AgentTool Tool(string url, string method = "POST") =>
        new("find", "", default, Uri.TryCreate(url, UriKind.Absolute, out var address) ? address : new Uri("http://127.0.0.1/"), method);

    /// <summary>Names as the test says, otherwise public; whatever is connected to is the tool's server.</summary>
    private sealed class FakeNetwork(HttpToolOptions options, IPEndPoint server) : OutboundConnector(options)
    {
        public Dictionary<string, string[]> Names { get; } = [];

        public List<IPEndPoint> Connected { get; } = [];

        public Action AfterResolving { get; set; } = () => { };

        protected override Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
        {
            // Digits of other scripts: some resolvers take them for digits.
            var addresses = Names.GetValueOrDefault(host, Ascii.IsValid(host) && !host.StartsWith("xn--", StringComparison.Ordinal) ? [Public] : ["127.0.0.1"]).Select(IPAddress.Parse).ToArray();
            AfterResolving();
            return Task.FromResult(addresses);
        }

        protected override ValueTask<Stream> OpenAsync(IPEndPoint target, CancellationToken cancellationToken)
        {
            lock (Connected)
            {
                Connected.Add(target);
            }

            return base.OpenAsync(server, cancellationToken);
        }
    }
}
