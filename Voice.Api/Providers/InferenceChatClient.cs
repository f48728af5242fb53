using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Voice.Core.Providers;
using Voice.Core.Providers.ChatCompletions;
using Voice.Core.Tools;

namespace Voice.Api.Providers;

/// <summary>
/// The language model behind <c>/v1/chat/completions</c>, text and function calls: a call comes as <see cref="ToolCallDelta"/> while it is
/// written and as <see cref="FunctionCallContent"/> once it is whole. Failures are <see cref="ProviderException"/>. Thread-safe.
/// </summary>
internal sealed class InferenceChatClient(InferenceConnection inference) : IChatClient
{
    private static readonly Uri Path = new("/v1/chat/completions", UriKind.Relative);

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var silence = inference.LimitSilence(cancellationToken);
        var body = ChatCompletionsRequest.From(options?.ModelId ?? "default", messages, options, ChatCompletionsDialect.Own);
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = JsonContent.Create(body) };
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var response = await inference.SendAsync(request, silence);
        await using var answer = await response.Content.ReadAsStreamAsync(silence.Token);
        var reader = new ChatCompletionsReader(error => ProviderFailures.FromEvent(new ProviderError(error.Message, error.Type, null, error.Code)));
        await foreach (var update in ChatCompletionsStream.ReadAsync(answer, reader, silence, failure => ProviderFailures.Translate(failure, silence)))
        {
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        if (serviceKey is not null)
        {
            return null;
        }

        return serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("inference-worker")
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    public void Dispose()
    {
    }
}
