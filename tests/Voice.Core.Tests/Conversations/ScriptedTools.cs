using Voice.Core.Tools;

namespace Voice.Core.Tests.Conversations;

/// <summary>A runner of tools whose every call takes <see cref="Takes"/> and answers with the name and arguments it got.</summary>
internal sealed class ScriptedTools(TimeProvider time) : IToolRunner
{
    public TimeSpan Takes { get; set; } = TimeSpan.FromMilliseconds(100);

    public Exception? Failure { get; set; }

    public List<ToolCall> Calls { get; } = [];

    public int Running { get; private set; }

    public int MostAtOnce { get; private set; }

    public async Task<ToolResult> RunAsync(ToolCall call, CancellationToken cancellationToken)
    {
        Calls.Add(call);
        MostAtOnce = Math.Max(MostAtOnce, ++Running);
        try
        {
            await Task.Delay(Takes, time, cancellationToken);
            return Failure is null ? new ToolResult($"{call.Tool.Name} {call.Arguments.GetRawText()}") : throw Failure;
        }
        finally
        {
            Running--;
        }
    }
}
