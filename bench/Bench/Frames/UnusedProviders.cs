using Microsoft.Extensions.AI;
using Voice.Core.Providers;

namespace Voice.Bench.Frames;

/// <summary>Nothing is answered here; a call would be a mistake of the benchmark.</summary>
internal sealed class UnusedProviders : IChatClient, ISpeechSynthesizer, ITranslator
{
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public IAsyncEnumerable<ReadOnlyMemory<byte>> SynthesizeAsync(SpeechRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<string> TranslateAsync(string text, string from, string to, CancellationToken cancellationToken) => throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
