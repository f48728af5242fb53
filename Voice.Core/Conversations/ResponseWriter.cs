using Voice.Core.Modes;

namespace Voice.Core.Conversations;

/// <summary>
/// The events of one response in the order of the protocol, and its items in the conversation, unless it is out of band. Items follow each
/// other: one is done before the next is added, except tools of the server's, which run at once. Under the conversation's gate.
/// </summary>
internal sealed class ResponseWriter(ConversationContext context)
{
    private const string Interrupted = "The call was cancelled: the user interrupted. It may or may not have had an effect.";

    public void Created(ActiveResponse response) =>
        context.Events.Write(new ConversationEvent.ResponseCreated(State(response, ResponseStatus.InProgress, null)));

    /// <param name="filler">The platform's own words, in a message of their own.</param>
    public void Clause(ActiveResponse response, string text, bool filler)
    {
        if (response.Message is { } open && open.Message!.Filler != filler)
        {
            Close(response, open, ItemStatus.Completed);
        }

        var output = response.Message ?? OpenMessage(response, filler);
        var delta = output.Clauses.Count == 0 ? text : " " + text;
        output.Clauses.Add(text);
        response.Ledger.AddClause(text, filler);
        Change(response, output, WithText(response, output, ItemStatus.InProgress));
        context.Events.Write(new ConversationEvent.TextDelta(response.Id, output.Item.Id, output.Index, response.Audio, delta));
    }

    /// <summary>Room was waited for.</summary>
    /// <param name="at">Null out of band.</param>
    public void Audio(ActiveResponse response, ReadOnlyMemory<byte> pcm, TimeSpan? at)
    {
        var output = response.Message!;
        context.Events.WriteAudio(new ConversationEvent.AudioDelta(response.Id, output.Item.Id, output.Index, pcm, at), response);
    }

    /// <summary>No more of the last clause is said than its audio so far: less than the client was told would be.</summary>
    public void Cut(ActiveResponse response)
    {
        var output = response.Message!;
        var said = response.Ledger.CutLast();
        var before = response.OutputTextTokens;
        output.Clauses.RemoveAt(output.Clauses.Count - 1);
        if (said.Length > 0)
        {
            output.Clauses.Add(said);
        }

        response.UnsaidTokens += before - response.OutputTextTokens;
    }

    public void Tool(ActiveResponse response, ReplyPart part)
    {
        switch (part)
        {
            case ReplyPart.CallDelta delta:
                Write(response, Call(response, delta.CallId, delta.Name), delta.Fragment);
                break;
            case ReplyPart.Call call:
                var written = Call(response, call.CallId, call.Name);
                var arguments = ((ConversationItem.FunctionCall)written.Item).Arguments;
                if (call.Arguments.Length > arguments.Length)
                {
                    // A model that does not show its writing, or the rest of it.
                    Write(response, written, call.Arguments.StartsWith(arguments, StringComparison.Ordinal) ? call.Arguments[arguments.Length..] : call.Arguments);
                }

                Close(response, written, ItemStatus.Completed);
                break;
            case ReplyPart.ServerCall call:
                CloseMessage(response);
                var item = new ConversationItem.ServerToolCall(context.NewId("item"), ItemStatus.InProgress, call.CallId, call.Name, call.Arguments, null, null);
                response.Run.OpenCalls.Add(call.CallId);
                Started(response, Add(response, item));
                break;
            case ReplyPart.ServerResult result:
                Ended(response, result);
                break;
        }
    }

    /// <summary>Every "done" of what was begun, whatever the reason, and then the response's own.</summary>
    /// <param name="mayGoOn">It is only held: a tool that runs has not failed.</param>
    public void Done(ActiveResponse response, ResponseStatus status, ResponseEnd? end, bool mayGoOn = false)
    {
        foreach (var output in response.Output.Where(output => !output.Done).ToList())
        {
            Close(response, output, status == ResponseStatus.Completed ? ItemStatus.Completed : ItemStatus.Incomplete, mayGoOn);
        }

        context.Events.Write(new ConversationEvent.ResponseDone(State(response, status, end)));
    }

    /// <summary>The reply is given up, and its tools with it: memory has to know, whatever the client was told when it was only held.</summary>
    public void Abandon(ReplyRun run)
    {
        foreach (var callId in run.OpenCalls)
        {
            if (context.History.FindServerCall(callId) is { Status: ItemStatus.Incomplete, Output: null, Error: null } call)
            {
                context.History.Replace(call with { Error = Interrupted });
            }
        }

        run.OpenCalls.Clear();
    }

    private void Started(ActiveResponse response, OutputItem running)
    {
        var call = (ConversationItem.ServerToolCall)running.Item;
        context.Events.Write(new ConversationEvent.ServerCallArguments(response.Id, call.Id, running.Index, call.Arguments));
        context.Events.Write(new ConversationEvent.ServerCallStarted(response.Id, call.Id, running.Index));
    }

    private void Ended(ActiveResponse response, ReplyPart.ServerResult result)
    {
        response.Run.OpenCalls.Remove(result.CallId);
        if (response.Output.Find(output => output is { Done: false, Item: ConversationItem.ServerToolCall one } && one.CallId == result.CallId) is { } running)
        {
            Change(response, running, With((ConversationItem.ServerToolCall)running.Item, result));
            Close(response, running, ItemStatus.Completed);
        }
        else if (!response.OutOfBand && context.History.FindServerCall(result.CallId) is { Status: ItemStatus.Incomplete } interrupted)
        {
            // The response in which it began was interrupted by nothing, and is over. This one goes on with it, and has the call that ended.
            CloseMessage(response);
            var again = Add(response, interrupted with { Id = context.NewId("item"), Status = ItemStatus.InProgress });
            Started(response, again);
            Change(response, again, With((ConversationItem.ServerToolCall)again.Item, result));
            Close(response, again, ItemStatus.Completed);
        }
    }

    private static ConversationItem.ServerToolCall With(ConversationItem.ServerToolCall call, ReplyPart.ServerResult result) =>
        result.Failed ? call with { Output = null, Error = result.Output } : call with { Output = result.Output, Error = null };

    private OutputItem OpenMessage(ActiveResponse response, bool filler)
    {
        var message = new ConversationItem.Message(context.NewId("item"), ItemRole.Assistant, ItemStatus.InProgress, [])
        {
            Filler = filler, Continues = response.Output.Count == 0 ? response.Continues : null,
        };
        var output = Add(response, message);
        context.Events.Write(new ConversationEvent.ContentPartAdded(response.Id, message.Id, output.Index, response.Audio));
        return output;
    }

    private void CloseMessage(ActiveResponse response)
    {
        if (response.Message is { } open)
        {
            Close(response, open, ItemStatus.Completed);
        }
    }

    /// <summary>The call that is being written, or a new one.</summary>
    private OutputItem Call(ActiveResponse response, string callId, string name)
    {
        if (response.Output.Find(output => output is { Done: false, Item: ConversationItem.FunctionCall open } && open.CallId == callId) is { } known)
        {
            return known;
        }

        CloseMessage(response);
        return Add(response, new ConversationItem.FunctionCall(context.NewId("item"), ItemStatus.InProgress, callId, name, string.Empty));
    }

    private void Write(ActiveResponse response, OutputItem output, string fragment)
    {
        var call = (ConversationItem.FunctionCall)output.Item;
        Change(response, output, call with { Arguments = call.Arguments + fragment });
        context.Events.Write(new ConversationEvent.CallDelta(response.Id, call.Id, output.Index, call.CallId, fragment));
    }

    private OutputItem Add(ActiveResponse response, ConversationItem item)
    {
        var output = new OutputItem(response.Output.Count, item, response.Ledger.Sent);
        response.Output.Add(output);
        context.Events.Write(new ConversationEvent.OutputItemAdded(response.Id, output.Index, item));
        if (!response.OutOfBand)
        {
            context.Events.Write(new ConversationEvent.ItemAdded(item, context.History.Insert(item)));
        }

        return output;
    }

    private void Change(ActiveResponse response, OutputItem output, ConversationItem item)
    {
        output.Item = item;
        if (!response.OutOfBand)
        {
            context.History.Replace(item);
        }
    }

    private void Close(ActiveResponse response, OutputItem output, ItemStatus status, bool mayGoOn = false)
    {
        output.Done = true;
        var (id, itemId, index) = (response.Id, output.Item.Id, output.Index);
        Change(response, output, output.Item switch
        {
            ConversationItem.Message => WithText(response, output, status),
            ConversationItem.ServerToolCall { Output: null, Error: null } call when !mayGoOn => call with { Status = status, Error = Interrupted },
            var item => item with { Status = status },
        });
        switch (output.Item)
        {
            case ConversationItem.Message:
                if (response.Audio)
                {
                    context.Events.Write(new ConversationEvent.AudioDone(id, itemId, index, Cut: response.Muted));
                }

                context.Events.Write(new ConversationEvent.TextDone(id, itemId, index, response.Audio, output.Text));
                context.Events.Write(new ConversationEvent.ContentPartDone(id, itemId, index, response.Audio, output.Text));
                break;
            case ConversationItem.FunctionCall call:
                context.Events.Write(new ConversationEvent.CallDone(id, itemId, index, call.CallId, call.Name, call.Arguments));
                break;
            case ConversationItem.ServerToolCall { Output: null, Error: null }:
                break;
            case ConversationItem.ServerToolCall call:
                context.Events.Write(new ConversationEvent.ServerCallEnded(id, itemId, index, call.Error is not null));
                break;
        }

        if (!response.OutOfBand)
        {
            context.Events.Write(new ConversationEvent.ItemDone(output.Item, context.History.Before(itemId)));
        }

        context.Events.Write(new ConversationEvent.OutputItemDone(id, index, output.Item));
    }

    private static ConversationItem.Message WithText(ActiveResponse response, OutputItem output, ItemStatus status) => output.Message! with
    {
        Status = status, Content = [new ItemContent(response.Audio ? ItemContentKind.OutputAudio : ItemContentKind.OutputText, output.Text)],
    };

    private static ResponseState State(ActiveResponse response, ResponseStatus status, ResponseEnd? end)
    {
        var output = status == ResponseStatus.InProgress ? [] : response.Output.ConvertAll(one => one.Item);
        var usage = new ResponseUsage(response.Model.Input, response.Model.Output ?? response.OutputTextTokens, ResponseUsage.AudioTokens(response.Ledger.Sent))
        {
            CachedInputTokens = response.Model.CachedInput,
        };
        return new ResponseState(response.Id, status, end, response.Audio, output, response.Request.Metadata, usage)
        {
            OutOfBand = response.OutOfBand, MaxOutputTokens = response.MaxOutputTokens, Voice = response.Voice,
        };
    }
}
