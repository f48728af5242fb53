using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Voice.Inference.Engines;

namespace Voice.Inference.Upstream;

/// <summary>
/// Chat completions of another server, passed through as they are: a request with tools or images keeps them, and so does the answer.
/// Only the model's name is exchanged.
/// </summary>
internal sealed class ForwardedChat(UpstreamServer server, IOptions<EngineOptions> options)
{
    public async Task<HttpResponseMessage> SendAsync(JsonObject request, string model, CancellationToken cancellationToken)
    {
        request["model"] = model;
        using var content = JsonContent.Create(request);
        return await server.SendAsync(options.Value.Chat, "chat/completions", content, cancellationToken);
    }
}
