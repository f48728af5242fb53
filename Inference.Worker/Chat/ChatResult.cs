using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Voice.Inference.Engines;
using Voice.Inference.Usage;
using Voice.ServiceDefaults;
using Voice.ServiceDefaults.Usage;

namespace Voice.Inference.Chat;

/// <summary>A reply of an engine of ours, whole or as a stream of chunks.</summary>
internal sealed class ChatResult(EngineRoute<IChatClient> route, ChatBody request, TimeProvider time) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var activity = InferenceTelemetry.Start("chat", route.Label);
        var started = time.GetTimestamp();
        var messages = request.Messages!.Select(m => new ChatMessage(new ChatRole(m.Role!), m.Text())).ToList();
        var options = new ChatOptions { AdditionalProperties = new() { ["metadata"] = request.Metadata } };
        var updates = route.Engine.GetStreamingResponseAsync(messages, options, httpContext.RequestAborted);
        var prompt = messages.Sum(m => Tokens(m.Text));
        if (request.Stream == true)
        {
            await StreamAsync(httpContext, updates, prompt, started, httpContext.RequestAborted);
        }
        else
        {
            await AnswerAsync(httpContext, updates, prompt, httpContext.RequestAborted);
        }

        InferenceTelemetry.Completed("chat", route.Label, time.GetElapsedTime(started));
    }

    private async Task AnswerAsync(HttpContext context, IAsyncEnumerable<ChatResponseUpdate> updates, int prompt, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        await foreach (var update in updates)
        {
            text.Append(update.Text);
        }

        var completion = Tokens(text.ToString());
        UsageMeter.Of(context)?.Add(UsageKinds.Tokens, prompt + completion);
        var body = new ChatCompletion(
            NewId(), Created(), route.Name, [new ChatChoice(0, new ChatReply("assistant", text.ToString()), "stop")], new ChatUsage(prompt, completion, prompt + completion));
        await context.Response.WriteAsJsonAsync(body, ChatWire.Default.ChatCompletion, cancellationToken: cancellationToken);
    }

    private async Task StreamAsync(HttpContext context, IAsyncEnumerable<ChatResponseUpdate> updates, int prompt, long started, CancellationToken cancellationToken)
    {
        var (response, meter) = (context.Response, UsageMeter.Of(context));
        meter?.Add(UsageKinds.Tokens, prompt);
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache";
        var (id, created, completion) = (NewId(), Created(), 0);
        await foreach (var update in updates)
        {
            var first = completion == 0;
            if (first)
            {
                InferenceTelemetry.Began("chat", route.Label, time.GetElapsedTime(started));
            }

            completion++;
            meter?.Add(UsageKinds.Tokens, 1);
            var choice = update.FinishReason is { } reason
                ? new ChatChunkChoice(0, new ChatDelta(null, null), reason.Value)
                : new ChatChunkChoice(0, new ChatDelta(first ? "assistant" : null, update.Text), null);
            await WriteAsync(response, new ChatChunk(id, created, route.Name, [choice]), cancellationToken);
        }

        if (request.StreamOptions?.IncludeUsage == true)
        {
            await WriteAsync(response, new ChatChunk(id, created, route.Name, [], new ChatUsage(prompt, completion, prompt + completion)), cancellationToken);
        }

        await response.WriteAsync("data: [DONE]\n\n", cancellationToken);
    }

    private static async Task WriteAsync(HttpResponse response, ChatChunk chunk, CancellationToken cancellationToken)
    {
        await response.WriteAsync($"data: {JsonSerializer.Serialize(chunk, ChatWire.Default.ChatChunk)}\n\n", cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }

    private string NewId() => Ids.New("chatcmpl", time).Replace('_', '-');

    private long Created() => time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>These engines have no tokens; words stand for them.</summary>
    private static int Tokens(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
}
