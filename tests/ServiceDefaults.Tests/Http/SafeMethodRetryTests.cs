using System.Net;
using Voice.ServiceDefaults.Http;

namespace ServiceDefaults.Tests.Http;

public sealed class SafeMethodRetryTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task A_read_is_repeated_while_the_peer_restarts()
    {
        using var peer = new Peer(
            () => throw new HttpRequestException(HttpRequestError.ConnectionError), () => new(HttpStatusCode.ServiceUnavailable), () => new(HttpStatusCode.OK));
        using var response = await SendAsync(peer, HttpMethod.Get);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(3, peer.Calls);
    }

    [Fact]
    public async Task The_third_answer_is_the_answer()
    {
        using var unavailable = new Peer(() => new(HttpStatusCode.ServiceUnavailable));
        using var response = await SendAsync(unavailable, HttpMethod.Get);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(3, unavailable.Calls);

        using var gone = new Peer(() => throw new HttpRequestException(HttpRequestError.ConnectionError));
        await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(gone, HttpMethod.Get));
        Assert.Equal(3, gone.Calls);
    }

    [Theory]
    [InlineData("POST", HttpStatusCode.ServiceUnavailable)]
    [InlineData("PUT", HttpStatusCode.ServiceUnavailable)]
    [InlineData("GET", HttpStatusCode.InternalServerError)]
    [InlineData("GET", HttpStatusCode.NotFound)]
    public async Task What_may_have_had_an_effect_or_is_an_answer_is_not_repeated(string method, HttpStatusCode status)
    {
        using var peer = new Peer(() => new(status));
        using var response = await SendAsync(peer, new HttpMethod(method));
        Assert.Equal(1, peer.Calls);
    }

    [Fact]
    public async Task Waiting_for_the_peer_ends_with_the_caller()
    {
        using var peer = new Peer(() => new(HttpStatusCode.ServiceUnavailable));
        using var cancellation = new CancellationTokenSource();
        using var client = new HttpMessageInvoker(new SafeMethodRetryHandler(_time) { InnerHandler = peer });
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://peer/");
        var sending = client.SendAsync(request, cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending.OrTimeout());
        Assert.Equal(1, peer.Calls);
    }

    private async Task<HttpResponseMessage> SendAsync(Peer peer, HttpMethod method)
    {
        using var client = new HttpMessageInvoker(new SafeMethodRetryHandler(_time) { InnerHandler = peer }, disposeHandler: false);
        using var request = new HttpRequestMessage(method, "http://peer/");
        var sending = client.SendAsync(request, CancellationToken.None);
        await Deadline.Until(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(sending.IsCompleted);
        });
        return await sending;
    }

    /// <summary>Answers in turn, then with the last for ever.</summary>
    private sealed class Peer(params Func<HttpResponseMessage>[] answers) : HttpMessageHandler
    {
        public int Calls { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(answers[Math.Min(Calls++, answers.Length - 1)]());
    }
}
