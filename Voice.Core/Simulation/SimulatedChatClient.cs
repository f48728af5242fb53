using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Voice.Core.Providers;

namespace Voice.Core.Simulation;

/// <summary>Always says the same: the first word after a configured time, the rest at a configured pace.</summary>
public sealed class SimulatedChatClient(SimulationOptions options, TimeProvider time) : IChatClient
{
    private readonly string[] _words = [.. Words(options.Reply)];

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? chatOptions = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, chatOptions, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? chatOptions = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (chatOptions?.ToolMode is RequiredChatToolMode)
        {
            throw new ProviderException("provider_rejected", "The simulated model calls no tools; the tool choice must be auto or none.");
        }

        await Task.Delay(options.FirstToken, time, cancellationToken);
        var started = time.GetTimestamp();
        for (var word = 0; word < _words.Length; word++)
        {
            // Against the first word, not the one before: a timer that is late once must not make the whole reply slower.
            if (options.TokensPerSecond > 0 && TimeSpan.FromSeconds(word / options.TokensPerSecond) - time.GetElapsedTime(started) is { Ticks: > 0 } wait)
            {
                await Task.Delay(wait, time, cancellationToken);
            }

            yield return new ChatResponseUpdate(ChatRole.Assistant, _words[word]);
        }

        yield return new ChatResponseUpdate(ChatRole.Assistant, []) { FinishReason = ChatFinishReason.Stop };
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        // Holds nothing.
    }

    /// <summary>Each with the space before it, as models stream them.</summary>
    private static IEnumerable<string> Words(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((word, index) => index == 0 ? word : " " + word);
}
