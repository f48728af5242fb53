using Voice.Core.Modes;
using Voice.Core.Replies;

namespace Voice.Core.Conversations;

/// <summary>
/// Responses beside the conversation (<c>conversation: "none"</c>): they read it, and never touch its memory, its turns or its playback.
/// Public members under the conversation's gate.
/// </summary>
/// <param name="plain">Answers what is read: the client's program reads it, not the user.</param>
/// <param name="guarded">Answers what is spoken: whoever asked, the user may hear it.</param>
internal sealed class OutOfBand(ConversationContext context, IConversationMode plain, IConversationMode guarded) : IAsyncDisposable
{
    /// <summary>At once; more are refused.</summary>
    public const int Limit = 4;

    private readonly ResponseWriter _writer = new(context);
    private readonly List<ActiveResponse> _running = [];
    private readonly List<Task> _tasks = [];

    /// <returns>False where too many run.</returns>
    public bool TryStart(ResponseRequest request)
    {
        if (_running.Count == Limit)
        {
            return false;
        }

        var audio = request.Audio ?? context.Settings.Audio;
        var pipeline = new ReplyPipeline(audio ? guarded : plain, context.Agent.Mode, context.Synthesizer, context.Time);
        var sink = new ResponseSink(context, _writer, full => Finish(full, ResponseStatus.Incomplete, new ResponseEnd("max_output_tokens"), stop: true));
        var run = new ReplyRun(sink, pipeline);
        var response = ResponseSetup.Response(context, run, null, request, null);
        sink.Bind(response, []);
        var history = ResponseSetup.History(context, request);
        var (reply, voice) = ResponseSetup.Reply(context, response, history, ResponseSetup.UserText(history));
        _running.Add(response);
        _writer.Created(response);
        _tasks.RemoveAll(task => task.IsCompleted);
        _tasks.Add(RunAsync(response, pipeline, reply, voice));
        return true;
    }

    public bool Cancel(string responseId)
    {
        if (_running.Find(response => response.Id == responseId) is not { } running)
        {
            return false;
        }

        Finish(running, ResponseStatus.Cancelled, new ResponseEnd("client_cancelled"), stop: true);
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        Task[] ending;
        lock (context.Gate)
        {
            foreach (var response in _running.ToList())
            {
                Finish(response, ResponseStatus.Cancelled, new ResponseEnd("client_cancelled"), stop: true);
            }

            ending = [.. _tasks];
        }

        await Task.WhenAll(ending);
    }

    private async Task RunAsync(ActiveResponse response, ReplyPipeline pipeline, ReplyRequest request, ReplyVoice voice)
    {
        await Task.Yield();
        var cancellation = response.Run.Cancellation.Token;
        ReplyOutcome outcome;
        Exception? exception;
        try
        {
            (outcome, exception) = await pipeline.RunAsync(request, voice, response.Run.Sink, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return;
        }

        lock (context.Gate)
        {
            if (response.Active)
            {
                var (status, end) = ResponseOutcome.Tell(context, response, outcome, exception);
                Finish(response, status, end, stop: false);
            }
        }
    }

    private void Finish(ActiveResponse response, ResponseStatus status, ResponseEnd? end, bool stop)
    {
        response.End();
        if (status == ResponseStatus.Cancelled)
        {
            response.Mute();
        }

        _running.Remove(response);
        _writer.Done(response, status, end);
        if (stop)
        {
            _tasks.Add(response.Run.StopAsync());
        }
    }
}
