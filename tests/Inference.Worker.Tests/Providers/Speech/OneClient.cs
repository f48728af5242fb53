using Voice.Inference.Providers;

namespace Voice.Inference.Tests.Providers.Speech;

/// <summary>The time limits are the provider's own.</summary>
internal sealed class OneClient : IHttpClientFactory, IDisposable
{
    private readonly SocketsHttpHandler _handler = ProviderHttp.CreateHandler();

    public HttpClient CreateClient(string name) => new(_handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };

    public void Dispose() => _handler.Dispose();
}
