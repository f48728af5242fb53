using System.Runtime.CompilerServices;
using System.Text;
using Voice.Core.Conversations;
using Voice.Core.Text;
using Voice.Core.Tools;

namespace Voice.Core.Modes;

/// <summary>
/// Runs what the model calls of the agent's own tools and asks the model again with the results, within one reply. Calls of the client's
/// tools are passed on, and end the reply. Whatever a tool does, the model gets a result.
/// </summary>
internal sealed class ToolRounds(IConversationMode inner, IToolRunner? runner, TimeProvider time) : IConversationMode
{
    /// <summary>After this many rounds of calls the model has to answer without.</summary>
    public const int MaxRounds = 5;

    /// <summary>Silence of this length makes a caller ask whether anybody is there.</summary>
    public static readonly TimeSpan FillerAfter = TimeSpan.FromMilliseconds(700);

    private const int MaxOutput = 32_768;

    public async IAsyncEnumerable<ReplyPart> ReplyAsync(ReplyRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<ConversationItem> history = [.. request.History];
        for (var round = 1; ; round++)
        {
            List<ReplyPart.Call> calls = [];
            var said = new StringBuilder();
            await foreach (var part in inner.ReplyAsync(request with { History = history, Tools = Offered(request.Tools, round) }, cancellationToken))
            {
                if (part is ReplyPart.Call or ReplyPart.CallDelta && !Accepts(request.Tools, round, calls.Count))
                {
                    continue;
                }

                if (part is ReplyPart.Call called)
                {
                    calls.Add(called);
                }

                said.Append((part as ReplyPart.Text)?.Delta);
                if (Name(part) is not { } name || request.Tools.IsClients(name))
                {
                    yield return part;
                }
            }

            var own = calls.Where(call => !request.Tools.IsClients(call.Name)).ToList();
            if (own.Count == 0)
            {
                yield break;
            }

            if (said.Length > 0)
            {
                history.Add(new ConversationItem.Message(string.Empty, ItemRole.Assistant, ItemStatus.Completed, [new ItemContent(ItemContentKind.OutputText, said.ToString())]));
            }

            await request.Certain(cancellationToken);
            await foreach (var part in RunAsync(own, request, round, said.ToString(), history, cancellationToken))
            {
                yield return part;
            }

            if (own.Count < calls.Count)
            {
                // The client has calls to run too, and asks for the rest of the reply when it has.
                yield break;
            }
        }
    }

    /// <summary>A tool that had to be called was called; one more round than allowed gets none.</summary>
    private static ToolSet Offered(ToolSet tools, int round) =>
        round == 1 ? tools : tools with { Choice = round > MaxRounds || tools.Choice.Kind == ToolChoiceKind.None ? ToolChoice.None : ToolChoice.Auto };

    private static string? Name(ReplyPart part) => part switch { ReplyPart.Call call => call.Name, ReplyPart.CallDelta delta => delta.Name, _ => null };

    /// <summary>Models call tools they were told not to.</summary>
    private static bool Accepts(ToolSet tools, int round, int calls) =>
        round <= MaxRounds && tools.Choice.Kind != ToolChoiceKind.None && (tools.Parallel || calls == 0);

    private async IAsyncEnumerable<ReplyPart> RunAsync(
        List<ReplyPart.Call> calls, ReplyRequest request, int round, string said, List<ConversationItem> history,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = calls.Select(call => RunAsync(call, request.Tools, ending.Token)).ToList();
        try
        {
            foreach (var call in calls)
            {
                yield return new ReplyPart.ServerCall(call.CallId, call.Name, call.Arguments);
            }

            var slow = request.Spoken ? Task.Delay(FillerAfter + SpeakingTime.Of(said), time, ending.Token) : null;
            var pending = running.ToList();
            while (pending.Count > 0)
            {
                var next = await Task.WhenAny(slow is null ? pending : pending.Append(slow));
                cancellationToken.ThrowIfCancellationRequested();
                if (next == slow)
                {
                    slow = null;
                    yield return new ReplyPart.Filler(Filler(calls, running, request, round));
                    continue;
                }

                var ended = (Task<ReplyPart.ServerResult>)next;
                pending.Remove(ended);
                yield return await ended;
            }
        }
        finally
        {
            // The reply was given up, or all have ended: none outlives it.
            ending.Cancel();
            await Task.WhenAll(running);
        }

        foreach (var (call, result) in calls.Zip(await Task.WhenAll(running)))
        {
            history.Add(new ConversationItem.ServerToolCall(string.Empty, ItemStatus.Completed, call.CallId, call.Name, call.Arguments, result.Output, null));
        }
    }

    private static string Filler(List<ReplyPart.Call> calls, List<Task<ReplyPart.ServerResult>> running, ReplyRequest request, int round)
    {
        var slow = calls[running.FindIndex(task => !task.IsCompleted)];
        return request.Tools.Server.FirstOrDefault(tool => tool.Name == slow.Name)?.Filler is { Length: > 0 } filler ? filler
            : Phrases.OneMoment(request.Language, again: round > 1);
    }

    /// <summary>Never throws: what goes wrong is a result.</summary>
    private async Task<ReplyPart.ServerResult> RunAsync(ReplyPart.Call call, ToolSet tools, CancellationToken cancellationToken)
    {
        if (tools.Server.FirstOrDefault(tool => tool.Name == call.Name) is not { } definition || runner is null)
        {
            return Failed(call, $"There is no tool '{(call.Name.Length > 64 ? call.Name[..64] : call.Name)}'.");
        }

        if (ToolArguments.Parse(call.Arguments, definition, out var arguments) is { } wrong)
        {
            return Failed(call, wrong);
        }

        using var limit = new CancellationTokenSource(definition.Timeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            var result = await runner.RunAsync(new ToolCall(call.CallId, definition, arguments), stop.Token);
            return new ReplyPart.ServerResult(call.CallId, result.Output.Length > MaxOutput ? result.Output[..MaxOutput] : result.Output, result.Failed, null);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Failed(call, "The call was cancelled: the user interrupted. It may or may not have had an effect.");
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return Failed(call, $"The tool did not answer within {definition.Timeout.TotalSeconds:0.#} s. It may or may not have had an effect.");
        }
        catch (Exception exception)
        {
            return new ReplyPart.ServerResult(call.CallId, "The tool failed.", Failed: true, exception);
        }
    }

    private static ReplyPart.ServerResult Failed(ReplyPart.Call call, string reason) => new(call.CallId, reason, Failed: true, null);
}
