using Voice.Core.Providers;
using Voice.Core.Tools;

namespace Voice.Core.Replay;

/// <summary>What the tools answered then. Nothing is run: a booking is not made twice.</summary>
internal sealed class ReplayedToolRunner(RecordedCalls calls) : IToolRunner
{
    public async Task<ToolResult> RunAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var result = new ToolResult("The recorded session has no such call.", Failed: true);
        try
        {
            await foreach (var entry in calls.PlayAsync(cancellationToken))
            {
                result = new ToolResult(entry.Text ?? string.Empty, entry.Failed ?? false);
            }
        }
        catch (ProviderException)
        {
            // Another agent asks for what nobody asked then.
        }

        return result;
    }
}
