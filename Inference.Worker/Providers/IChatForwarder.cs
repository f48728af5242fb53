using System.Text.Json.Nodes;

namespace Voice.Inference.Providers;

/// <summary>Chat completions of a server that has OpenAI's shape, passed through as they are. Thread-safe.</summary>
internal interface IChatForwarder
{
    /// <summary>The answer, its headers read and its status a success; the body is the caller's to read and dispose. Throws <see cref="Voice.Core.Providers.ProviderException"/>.</summary>
    /// <param name="request">Sent with nothing but its <c>model</c> exchanged; not changed.</param>
    Task<HttpResponseMessage> SendAsync(JsonObject request, string? model, CancellationToken cancellationToken);
}
