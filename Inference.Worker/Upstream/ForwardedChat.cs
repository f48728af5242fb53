using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Voice.Inference.Engines;
using Voice.Inference.Providers;
using Voice.Inference.Providers.OpenAi;

namespace Voice.Inference.Upstream;

/// <summary>
/// Chat completions of the server in <c>Engines:Chat</c>, passed through as they are: a request with tools or images keeps them, and so does the answer.
/// Only the model's name is exchanged.
/// </summary>
internal sealed class ForwardedChat(ProviderHttp http, IOptions<EngineOptions> options, TimeProvider time)
{
    public Task<HttpResponseMessage> SendAsync(JsonObject request, string model, CancellationToken cancellationToken) =>
        new OpenAiChatClient(http, OpenAiEndpoint.From(options.Value.Chat), time).SendAsync(request, model, cancellationToken);
}
