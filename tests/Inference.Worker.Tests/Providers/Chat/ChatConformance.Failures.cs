using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Voice.Core.Providers;

namespace Voice.Inference.Tests.Providers.Chat;

public abstract partial class ChatConformance
{
    [Theory]
    [InlineData(400, "provider_rejected")]
    [InlineData(401, "provider_unavailable")]
    [InlineData(403, "provider_unavailable")]
    [InlineData(404, "provider_rejected")]
    [InlineData(408, "provider_unavailable")]
    [InlineData(429, "provider_unavailable")]
    [InlineData(500, "provider_failed")]
    [InlineData(503, "provider_unavailable")]
    [InlineData(529, "provider_unavailable")]
    public async Task A_refusal_is_told_by_its_status_once_and_without_the_key(int status, string code)
    {
        Server.Answer = context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.RetryAfter = "7";
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync(Script.Refusal("Too long."));
        };

        var failure = await FailureAsync(Chat);

        Assert.Equal(code, failure.Code);
        Assert.DoesNotContain(Key, failure.ToString());
        Assert.Equal(code == "provider_rejected", failure.Message.Contains("Too long."));
        Assert.Equal(status is 429 or 503 or 529 ? TimeSpan.FromSeconds(7) : null, failure.RetryAfter);
        Assert.Single(Server.Requests);
    }

    [Fact]
    public async Task A_refusal_that_is_a_proxys_page_is_one_too()
    {
        Server.Answer = context =>
        {
            context.Response.StatusCode = 502;
            return context.Response.WriteAsync("<html>bad gateway</html>");
        };

        Assert.Equal("provider_failed", (await FailureAsync(Chat)).Code);
    }

    [Fact]
    public async Task An_error_in_the_middle_ends_the_answer()
    {
        Server.Answer = context => SendAsync(context, [.. Script.Words("We open "), Script.Overloaded]);
        Assert.Equal("provider_unavailable", (await FailureAsync(Chat)).Code);

        Server.Answer = context => SendAsync(context, [.. Script.Words("We open "), Script.Garbage]);
        Assert.Equal("provider_failed", (await FailureAsync(Chat)).Code);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_no_answer()
    {
        Server.Answer = context => SendAsync(context, Script.Words("We open "));
        Assert.Equal("provider_failed", (await FailureAsync(Chat)).Code);

        var heard = new TaskCompletionSource();
        Server.Answer = async context =>
        {
            await SendAsync(context, Script.Words("We open "));
            await heard.Task.OrTimeout();
            context.Abort();
        };
        var failure = await Assert.ThrowsAsync<ProviderException>(async () =>
        {
            await foreach (var update in Chat.GetStreamingResponseAsync(Question))
            {
                heard.TrySetResult();
            }
        }).OrTimeout();
        Assert.Equal("provider_failed", failure.Code);

        Server.Answer = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
        Assert.Contains((await FailureAsync(Chat)).Code, new[] { "provider_failed", "provider_unavailable" });
    }

    [Fact]
    public async Task What_is_no_stream_of_events_is_no_answer()
    {
        foreach (var body in new[] { "", "<html>hello</html>", "null", "data: \n\n" })
        {
            Server.Answer = context =>
            {
                Begin(context);
                return context.Response.WriteAsync(body);
            };
            Assert.Equal("provider_failed", (await FailureAsync(Chat)).Code);
        }
    }

    [Fact]
    public async Task An_event_that_does_not_end_fills_no_memory()
    {
        var block = new byte[256 * 1024];
        Array.Fill(block, (byte)'a');
        Server.Answer = async context =>
        {
            await SendAsync(context, Script.Words("We open "));
            await context.Response.WriteAsync("data: ");
            for (var sent = 0; sent < 64 && !context.RequestAborted.IsCancellationRequested; sent++)
            {
                await context.Response.Body.WriteAsync(block);
            }
        };

        Assert.Equal("provider_failed", (await FailureAsync(Chat)).Code);
    }

    [Fact]
    public async Task Silence_is_a_failure_before_the_answer_and_within_it()
    {
        var impatient = Create(TimeSpan.FromMilliseconds(300)).Chat!;
        Server.Answer = context => UntilAbortedAsync(context);
        Assert.Equal("provider_unavailable", (await FailureAsync(impatient)).Code);

        Server.Answer = async context =>
        {
            await SendAsync(context, Script.Words("We open "));
            await UntilAbortedAsync(context);
        };
        Assert.Equal("provider_unavailable", (await FailureAsync(impatient)).Code);
    }

    [Fact]
    public async Task A_service_that_is_not_there_is_unavailable()
    {
        await Server.DisposeAsync();

        Assert.Equal("provider_unavailable", (await FailureAsync(Chat)).Code);
        Assert.Equal("provider_unavailable", (await Assert.ThrowsAsync<ProviderException>(() => Provider.CheckAsync(default)).OrTimeout()).Code);
    }

    private static Task<ProviderException> FailureAsync(IChatClient chat) =>
        Assert.ThrowsAsync<ProviderException>(() => chat.GetResponseAsync(Question)).OrTimeout();
}
