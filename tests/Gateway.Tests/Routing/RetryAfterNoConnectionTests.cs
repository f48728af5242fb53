using System.Net;
using System.Net.WebSockets;
using System.Text;

namespace Gateway.Tests.Routing;

/// <summary>Nobody listens where the second replica should be.</summary>
public sealed class RetryAfterNoConnectionTests(RetryAfterNoConnectionTests.OneReplica one) : IClassFixture<RetryAfterNoConnectionTests.OneReplica>
{
    private const int Requests = 20;

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [InlineData("DELETE")]
    public async Task What_was_never_sent_goes_to_another_replica_whole(string method)
    {
        var (replicas, path) = (one.Replicas, Replicas.NewPath());
        var bodies = new List<string>();
        replicas.Good.Answers[path] = async context => bodies.Add(await new StreamReader(context.Request.Body).ReadToEndAsync());
        for (var i = 0; i < Requests; i++)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = method == "POST" ? new StringContent("the whole body") : null };
            using var response = await replicas.Client.SendAsync(request).OrTimeout();
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        Assert.Equal(Enumerable.Repeat(method == "POST" ? "the whole body" : "", Requests), bodies);
    }

    [Fact]
    public async Task A_conversation_begins_at_a_replica_that_is_there()
    {
        var replicas = one.Replicas;
        for (var i = 0; i < Requests; i++)
        {
            using var socket = new ClientWebSocket();
            socket.Options.SetRequestHeader("Authorization", $"Bearer {GatewayHost.ApiKey}");
            await socket.ConnectAsync(new UriBuilder(new Uri(replicas.Url, "/v1/realtime")) { Scheme = "ws" }.Uri, CancellationToken.None).OrTimeout();
            await socket.SendAsync(Encoding.UTF8.GetBytes("hello"), WebSocketMessageType.Text, true, CancellationToken.None).OrTimeout();
            var received = await socket.ReceiveAsync(new byte[100], CancellationToken.None).OrTimeout();
            Assert.Equal(5, received.Count);
        }

        Assert.Equal(Requests, replicas.Good.Seen.Count(seen => seen.Path == "/v1/realtime"));
    }

    public sealed class OneReplica : IAsyncLifetime
    {
        internal Replicas Replicas { get; private set; } = null!;

        public async Task InitializeAsync() =>
            Replicas = await Replicas.StartAsync("http://127.0.0.1:9", settings: [("Routing:RetryShare", "1"), ("Routing:FailuresToBreak", "1000"), ("Routing:BreakFor", "00:00:00.100")]);

        public async Task DisposeAsync() => await Replicas.DisposeAsync();
    }
}
