using Voice.Core.Replies;

namespace Voice.Core.Conversations;

/// <summary>
/// A reply while it is made and sent. Usually serves one response; after a false interruption the next one takes it over.
/// </summary>
/// <param name="pipeline">Null where there is only something left to send again.</param>
internal sealed class ReplyRun(ResponseSink sink, ReplyPipeline? pipeline)
{
    public ResponseSink Sink { get; } = sink;

    public ReplyPipeline? Pipeline { get; } = pipeline;

    public CancellationTokenSource Cancellation { get; } = new();

    /// <summary>Ids of calls of the agent's tools that have no result yet. Under the gate.</summary>
    public HashSet<string> OpenCalls { get; } = [];

    /// <summary>Nothing more will come of it. Under the gate.</summary>
    public bool Over { get; set; }

    /// <summary>It was cancelled. Under the gate.</summary>
    public bool GivenUp { get; private set; }

    /// <summary>Callbacks of the token are providers' code, and the caller holds the gate.</summary>
    public async Task StopAsync()
    {
        GivenUp = true;
        await Task.Yield();
        Cancellation.Cancel();
    }
}
