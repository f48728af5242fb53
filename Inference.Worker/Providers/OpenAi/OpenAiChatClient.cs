using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Voice.Core.Providers;
using Voice.Core.Providers.ChatCompletions;

namespace Voice.Inference.Providers.OpenAi;

/// <summary>
/// <c>/v1/chat/completions</c> of OpenAI, Azure OpenAI and the servers that speak like them. A call comes as <c>ToolCallDelta</c> while it is written
/// and as <see cref="FunctionCallContent"/> once it is whole. Thread-safe.
/// </summary>
internal sealed class OpenAiChatClient(ProviderHttp http, OpenAiEndpoint endpoint, TimeProvider time) : IChatClient, IChatForwarder
{
    private const string Path = "chat/completions";

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var request = Request(messages, options);
        using var response = await http.SendAsync(request, endpoint.Who, endpoint.Timeout, cancellationToken);
        using var silence = new SilenceLimit(endpoint.Timeout, time, cancellationToken);
        await using var answer = await response.Content.ReadAsStreamAsync(silence.Token);
        await foreach (var update in Read(answer, endpoint.Who, silence))
        {
            yield return update;
        }
    }

    internal static IAsyncEnumerable<ChatResponseUpdate> Read(Stream answer, string who, SilenceLimit silence)
    {
        var reader = new ChatCompletionsReader(error => StreamFailures.FromEvent(who, error.Type, error.Code, error.Message));
        return ChatCompletionsStream.ReadAsync(answer, reader, silence, failure => StreamFailures.Translate(failure, silence, who));
    }

    public async Task<HttpResponseMessage> SendAsync(JsonObject request, string? model, CancellationToken cancellationToken)
    {
        var name = ModelOf(model);
        var body = request.DeepClone();
        body["model"] = name;
        using var message = endpoint.Post(Path, name, JsonContent.Create(body));
        return await http.SendAsync(message, endpoint.Who, endpoint.Timeout, cancellationToken);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("openai", endpoint.BaseUrl, endpoint.Model)
        : serviceType.IsInstanceOfType(this) ? this
        : null;

    public void Dispose()
    {
        // Holds nothing.
    }

    private string ModelOf(string? asked) => endpoint.ModelOf(asked)
        ?? throw new ProviderException("provider_rejected", $"{endpoint.Who} has no default model: the request must name one.");

    private HttpRequestMessage Request(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        var model = ModelOf(options?.ModelId);
        try
        {
            var body = ChatCompletionsRequest.From(model, messages, options, endpoint.Dialect);
            var request = endpoint.Post(Path, model, JsonContent.Create(body));
            request.Headers.Accept.ParseAdd("text/event-stream");
            return request;
        }
        catch (NotSupportedException failure)
        {
            throw new ProviderException("provider_rejected", failure.Message, failure);
        }
    }
}
