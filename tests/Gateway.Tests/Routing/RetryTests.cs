using System.Net;
using Microsoft.AspNetCore.Http;

namespace Gateway.Tests.Routing;

/// <summary>Each of twenty requests goes to the bad replica first with a chance of a half: that none does is one in a million.</summary>
public sealed class RetryTests(RetryTests.TwoReplicas two) : IClassFixture<RetryTests.TwoReplicas>
{
    private const int Requests = 20;

    [Theory]
    [InlineData(StatusCodes.Status503ServiceUnavailable)]
    [InlineData(StatusCodes.Status502BadGateway)]
    public async Task A_read_that_a_replica_cannot_answer_is_answered_by_another_and_nothing_of_the_first_is_left(int status)
    {
        var (replicas, path) = (two.Replicas, Replicas.NewPath());
        replicas.Other.Answers[path] = async context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.ETag = "\"of the bad one\"";
            context.Response.Headers["Bad"] = "yes";
            context.Response.ContentType = "text/plain";
            await context.Response.WriteAsync("not now");
        };

        for (var i = 0; i < Requests; i++)
        {
            using var response = await replicas.Client.GetAsync(path).OrTimeout();
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
            Assert.Contains(path, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.False(response.Headers.Contains("ETag") || response.Headers.Contains("Bad"));
            Assert.Single(response.Headers.GetValues("X-Request-Id"));
        }

        Assert.NotEmpty(replicas.Other.Seen);
        Assert.Equal(Requests, replicas.Good.Seen.Count(seen => seen.Path == path));
    }

    [Fact]
    public async Task A_read_whose_connection_breaks_before_an_answer_is_asked_again()
    {
        await using var replicas = await Replicas.StartAsync(settings: ("Routing:RetryShare", "1"));
        var path = Replicas.NewPath();
        replicas.Other.Answers[path] = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
        for (var i = 0; i < Requests; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await replicas.Client.GetAsync(path).OrTimeout()).StatusCode);
        }

        Assert.Contains(replicas.Other.Seen, seen => seen.Path == path);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_not_begun_again()
    {
        var (replicas, path) = (two.Replicas, Replicas.NewPath());
        var received = new SemaphoreSlim(0);
        replicas.Other.Answers[path] = async context =>
        {
            await context.Response.WriteAsync("half of");
            await context.Response.Body.FlushAsync();
            // What has not been read yet when a connection is reset, is lost, and the request with it.
            await received.WaitAsync().OrTimeout();
            context.Abort();
        };
        var broken = 0;
        for (var i = 0; i < Requests; i++)
        {
            using var response = await replicas.Client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead).OrTimeout();
            if (response.Content.Headers.ContentType is null)
            {
                received.Release();
                await Assert.ThrowsAnyAsync<Exception>(() => response.Content.ReadAsStringAsync().OrTimeout());
                broken++;
            }
        }

        Assert.InRange(broken, 1, Requests);
        Assert.Equal(Requests - broken, replicas.Good.Seen.Count(seen => seen.Path == path));
    }

    [Theory]
    [InlineData("POST", true)]
    [InlineData("PATCH", true)]
    [InlineData("PUT", true)]
    [InlineData("DELETE", false)]
    public async Task What_may_have_been_done_is_never_asked_twice(string method, bool withBody)
    {
        var (replicas, path) = (two.Replicas, Replicas.NewPath());
        replicas.Other.Answers[path] = context =>
        {
            if (context.Request.Headers["Idempotency-Key"] == "abort")
            {
                context.Abort();
            }

            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        };
        var refused = 0;
        for (var i = 0; i < Requests; i++)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = withBody ? new StringContent("{}") : null };
            request.Headers.Add("Idempotency-Key", i % 5 == 0 ? "abort" : "answer");
            using var response = await replicas.Client.SendAsync(request).OrTimeout();
            refused += response.StatusCode == HttpStatusCode.OK ? 0 : 1;
        }

        Assert.InRange(refused, 1, Requests);
        Assert.Equal(Requests - refused, replicas.Good.Seen.Count(seen => seen.Path == path));
    }

    [Fact]
    public async Task An_outage_is_not_multiplied()
    {
        await using var replicas = await Replicas.StartAsync();
        var path = Replicas.NewPath();
        foreach (var replica in new[] { replicas.Good, replicas.Other })
        {
            replica.Answers[path] = context =>
            {
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return Task.CompletedTask;
            };
        }

        for (var i = 0; i < 200; i++)
        {
            using var response = await replicas.Client.GetAsync(path).OrTimeout();
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        }

        var asked = replicas.Good.Seen.Count(seen => seen.Path == path) + replicas.Other.Seen.Count(seen => seen.Path == path);
        // Ten that were saved, and a tenth.
        Assert.InRange(asked, 200 + 20, 200 + 30);
    }

    public sealed class TwoReplicas : IAsyncLifetime
    {
        internal Replicas Replicas { get; private set; } = null!;

        public async Task InitializeAsync() => Replicas = await Replicas.StartAsync(settings: [("Routing:RetryShare", "1"), ("Routing:FailuresToBreak", "1000")]);

        public async Task DisposeAsync() => await Replicas.DisposeAsync();
    }
}
