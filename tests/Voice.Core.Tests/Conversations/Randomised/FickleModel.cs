using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Voice.Core.Providers;

namespace Voice.Core.Tests.Conversations.Randomised;

/// <summary>A chat model that does what the script says.</summary>
internal sealed class FickleModel(TimeProvider time) : IChatClient
{
    public Step.Model Does { get; set; } = new("We are open from nine to five. On Saturday until noon.", 80, 20, null, 0, false, null);

    private int _calls;

    public List<IReadOnlyList<ChatMessage>> Calls { get; } = [];

    public int Running { get; private set; }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var does = Does;
        Calls.Add([.. messages]);
        Running++;
        try
        {
            if (does.Unreachable > 0)
            {
                Does = does with { Unreachable = does.Unreachable - 1 };
                throw new ProviderException("provider_unavailable", "no worker");
            }

            if (does.Tools is { } tools && messages.LastOrDefault()?.Role != ChatRole.Tool)
            {
                yield return new ChatResponseUpdate(ChatRole.Assistant, "Let me see. ");
                foreach (var tool in tools.Split(' '))
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(does.Word), time, cancellationToken);
                    yield return new ChatResponseUpdate(ChatRole.Assistant, [new FunctionCallContent($"call_{++_calls}", tool, new Dictionary<string, object?>())]);
                }

                yield break;
            }

            await Task.Delay(does.Stalls ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(does.First), time, cancellationToken);
            var written = 0;
            foreach (var word in does.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (written == does.FailAt)
                {
                    throw written % 2 == 0 ? new ProviderException("provider_failed", "scripted") : new InvalidOperationException("garbage");
                }

                if (does.Word > 0)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(does.Word), time, cancellationToken);
                }

                yield return new ChatResponseUpdate(ChatRole.Assistant, written++ == 0 ? word : " " + word);
            }
        }
        finally
        {
            Running--;
        }
    }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
