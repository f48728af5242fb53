namespace Voice.Core.Tools;

/// <summary>Runs the tools of one agent. Thread-safe: the calls of a round run at once.</summary>
public interface IToolRunner
{
    /// <summary>
    /// What goes wrong at the tool is a result that failed, so that the model can say so. Throws only when it is cancelled, which it heeds
    /// at once: the response was interrupted, or the call's time was up.
    /// </summary>
    Task<ToolResult> RunAsync(ToolCall call, CancellationToken cancellationToken);
}
