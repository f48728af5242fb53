using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;

namespace Gateway.Tests.Routing;

public sealed class CircuitBreakerTests
{
    [Fact]
    public async Task A_service_that_does_not_answer_is_not_asked_and_everybody_hears_at_once_when_to_come_back()
    {
        await using var replicas = await Replicas.StartAsync(second: "", settings: ("Routing:BreakFor", "00:05:00"));
        var path = Replicas.NewPath();
        replicas.Good.Answers[path] = Abort;
        for (var i = 0; i < 5; i++)
        {
            await HttpAssert.IsErrorAsync(await replicas.Client.GetAsync(path).OrTimeout(), HttpStatusCode.BadGateway, "service_unavailable");
        }

        // Nor what else the service has.
        var reached = replicas.Good.Seen.Count;
        var refused = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => replicas.Client.GetAsync("/api/v1/sessions"))).OrTimeout();
        Assert.All(refused, answer => Assert.InRange(int.Parse(answer.Headers.GetValues("Retry-After").Single(), CultureInfo.InvariantCulture), 1, 300));
        Assert.All(refused, answer => Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode));
        await HttpAssert.IsErrorAsync(refused[0], HttpStatusCode.ServiceUnavailable, "service_unavailable");
        Assert.Equal(reached, replicas.Good.Seen.Count);
    }

    [Fact]
    public async Task A_request_that_is_let_through_finds_a_service_back_and_then_all_are()
    {
        await using var replicas = await Replicas.StartAsync(second: "", settings: [("Routing:BreakFor", "00:00:00.200"), ("Routing:FailuresToBreak", "1")]);
        var path = Replicas.NewPath();
        replicas.Good.Answers[path] = Abort;
        await Deadline.Until(async () => (await replicas.Client.GetAsync(path)).StatusCode == HttpStatusCode.ServiceUnavailable);

        replicas.Good.Answers.Clear();
        await Deadline.Until(async () => (await replicas.Client.GetAsync(path)).StatusCode == HttpStatusCode.OK);
        var all = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => replicas.Client.GetAsync(path))).OrTimeout();
        Assert.All(all, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
    }

    [Fact]
    public async Task A_service_that_answers_with_errors_is_asked_on_and_other_services_are_not_concerned()
    {
        await using var replicas = await Replicas.StartAsync(second: "", settings: ("Routing:BreakFor", "00:05:00"));
        var (erring, gone) = (Replicas.NewPath(), "/v1/models");
        replicas.Good.Answers[erring] = context =>
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return Task.CompletedTask;
        };
        replicas.Good.Answers[gone] = Abort;
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(HttpStatusCode.InternalServerError, (await replicas.Client.GetAsync(erring).OrTimeout()).StatusCode);
            Assert.Equal(i < 5 ? HttpStatusCode.BadGateway : HttpStatusCode.ServiceUnavailable, (await replicas.Client.GetAsync(gone).OrTimeout()).StatusCode);
        }
    }

    [Fact]
    public async Task A_service_that_is_frozen_is_a_504_first_and_then_refused_without_waiting()
    {
        await using var replicas = await Replicas.StartAsync(second: "", idle: TimeSpan.FromMilliseconds(300), settings: ("Routing:BreakFor", "00:05:00"));
        var path = Replicas.NewPath();
        replicas.Good.Answers[path] = context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        for (var i = 0; i < 5; i++)
        {
            await HttpAssert.IsErrorAsync(await replicas.Client.GetAsync(path).OrTimeout(), HttpStatusCode.GatewayTimeout, "service_timeout");
        }

        var reached = replicas.Good.Seen.Count;
        await HttpAssert.IsErrorAsync(await replicas.Client.GetAsync(path).OrTimeout(), HttpStatusCode.ServiceUnavailable, "service_unavailable");
        Assert.Equal(reached, replicas.Good.Seen.Count);
    }

    [Fact]
    public async Task Clients_that_go_away_say_nothing_about_the_service()
    {
        await using var replicas = await Replicas.StartAsync(second: "", settings: [("Routing:BreakFor", "00:05:00"), ("Routing:FailuresToBreak", "2")]);
        var path = Replicas.NewPath();
        replicas.Good.Answers[path] = context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        for (var i = 0; i < 5; i++)
        {
            using var leaving = new CancellationTokenSource();
            var (before, request) = (replicas.Good.Seen.Count, replicas.Client.GetAsync(path, leaving.Token));
            await Deadline.Until(() => Task.FromResult(replicas.Good.Seen.Count > before));
            await leaving.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request).OrTimeout();
        }

        Assert.Equal(HttpStatusCode.OK, (await replicas.Client.GetAsync("/api/v1/sessions").OrTimeout()).StatusCode);
    }

    private static Task Abort(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }
}
