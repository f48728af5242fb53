using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;
using Voice.Inference.Engines;
using Voice.Inference.Usage;
using Voice.ServiceDefaults;
using Voice.ServiceDefaults.Usage;

namespace Voice.Inference.Chat;

/// <summary>An engine's reply, whole or as a stream of chunks. What can be refused is refused before the response begins: it is created with the first update, or with all of them.</summary>
internal sealed class ChatResult : IResult
{
    private readonly EngineRoute<IChatClient> _route;
    private readonly ChatRequest _request;
    private readonly TimeProvider _time;
    private readonly ChatAnswer _answer;
    private readonly IAsyncEnumerator<ChatResponseUpdate> _updates;
    private readonly Activity? _activity;
    private readonly long _started;
    private bool _more;

    private ChatResult(EngineRoute<IChatClient> route, ChatRequest request, TimeProvider time, CancellationToken cancellationToken)
    {
        (_route, _request, _time) = (route, request, time);
        _activity = InferenceTelemetry.Start("chat", route.Label);
        _started = time.GetTimestamp();
        _answer = new ChatAnswer(request.Messages.Sum(message => Tokens(message.Text)));
        _updates = route.Engine.GetStreamingResponseAsync(request.Messages, request.Options, cancellationToken).GetAsyncEnumerator(cancellationToken);
    }

    public static async Task<ChatResult> CreateAsync(EngineRoute<IChatClient> route, ChatRequest request, TimeProvider time, CancellationToken cancellationToken)
    {
        var result = new ChatResult(route, request, time, cancellationToken);
        try
        {
            result._more = await result._updates.MoveNextAsync();
            InferenceTelemetry.Began("chat", route.Label, time.GetElapsedTime(result._started));
            while (result._more && !request.Stream)
            {
                result._answer.Add(result._updates.Current);
                result._more = await result._updates.MoveNextAsync();
            }

            return result;
        }
        catch
        {
            await result.EndAsync();
            throw;
        }
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        try
        {
            await (_request.Stream ? StreamAsync(httpContext, httpContext.RequestAborted) : AnswerAsync(httpContext, httpContext.RequestAborted));
            InferenceTelemetry.Completed("chat", _route.Label, _time.GetElapsedTime(_started));
        }
        finally
        {
            // Whoever left in the middle has used what was said until then.
            UsageMeter.Of(httpContext)?.Add(UsageKinds.Tokens, _answer.Usage.TotalTokens);
            await EndAsync();
        }
    }

    private Task AnswerAsync(HttpContext context, CancellationToken cancellationToken) => context.Response.WriteAsJsonAsync(
        new ChatCompletion(NewId(), Created(), _route.Name, [new ChatChoice(0, _answer.Reply, _answer.End())], _answer.Usage),
        ChatWire.Default.ChatCompletion, cancellationToken: cancellationToken);

    private async Task StreamAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var response = context.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache";
        var (id, created, role) = (NewId(), Created(), "assistant");
        try
        {
            for (; _more; _more = await _updates.MoveNextAsync())
            {
                if (_answer.Add(_updates.Current) is { } delta)
                {
                    await WriteAsync(response, new ChatChunk(id, created, _route.Name, [new(0, delta with { Role = role }, null)]), ChatWire.Default.ChatChunk, cancellationToken);
                    role = null;
                }
            }
        }
        catch (Exception failure) when (EngineFailure.From(failure) is { } known)
        {
            // The status is long sent; SDKs throw at a chunk with `error`.
            await WriteAsync(response, new ChatStreamError(new(known.Message, "server_error", known.Param, known.Code)), ChatWire.Default.ChatStreamError, cancellationToken);
            return;
        }

        await WriteAsync(response, new ChatChunk(id, created, _route.Name, [new(0, new ChatDelta(role, null), _answer.End())]), ChatWire.Default.ChatChunk, cancellationToken);
        if (_request.IncludeUsage)
        {
            await WriteAsync(response, new ChatChunk(id, created, _route.Name, [], _answer.Usage), ChatWire.Default.ChatChunk, cancellationToken);
        }

        await response.WriteAsync("data: [DONE]\n\n", cancellationToken);
    }

    private static async Task WriteAsync<T>(HttpResponse response, T chunk, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        await response.WriteAsync($"data: {JsonSerializer.Serialize(chunk, type)}\n\n", cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }

    private async ValueTask EndAsync()
    {
        await _updates.DisposeAsync();
        _activity?.Dispose();
    }

    private string NewId() => Ids.New("chatcmpl", _time).Replace('_', '-');

    private long Created() => _time.GetUtcNow().ToUnixTimeSeconds();

    private static int Tokens(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
}
