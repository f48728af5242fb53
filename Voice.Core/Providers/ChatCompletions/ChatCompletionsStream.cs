using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Voice.Core.Providers.ChatCompletions;

/// <summary>A streamed answer of <c>/v1/chat/completions</c>, read to its end.</summary>
public static class ChatCompletionsStream
{
    /// <param name="silence">Ends the waits for the server, those of the caller's own pace not counted.</param>
    /// <param name="translate">What a failure of the connection means; null for what is none of the provider's.</param>
    public static async IAsyncEnumerable<ChatResponseUpdate> ReadAsync(
        Stream body, ChatCompletionsReader reader, SilenceLimit silence, Func<Exception, ProviderException?> translate)
    {
        await using var bounded = new BoundedEvents(body);
        await using var events = SseParser.Create(bounded).EnumerateAsync(silence.Token).GetAsyncEnumerator(silence.Token);
        while (!reader.IsDone && await NextAsync(events, silence, translate) is { } item)
        {
            if (reader.Read(item.EventType, item.Data) is { } update)
            {
                yield return update;
            }
        }

        if (reader.End() is { } last)
        {
            yield return last;
        }
    }

    private static async ValueTask<SseItem<string>?> NextAsync(
        IAsyncEnumerator<SseItem<string>> events, SilenceLimit silence, Func<Exception, ProviderException?> translate)
    {
        try
        {
            silence.Listen();
            var more = await events.MoveNextAsync();
            silence.Heard();
            return more ? events.Current : null;
        }
        catch (Exception exception) when (translate(exception) is { } failure)
        {
            throw failure;
        }
    }
}
