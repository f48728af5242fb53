using System.Text.Json;
using Voice.Core.Tools;

namespace Voice.Core.Tests.Conversations.Randomised;

/// <summary>Tools of the server's that do what the script says.</summary>
internal sealed class FickleTools(TimeProvider time) : IToolRunner
{
    private static readonly JsonElement Anything = JsonDocument.Parse("""{"type":"object"}""").RootElement;

    public static readonly ToolDefinition Server = new("look_up", "Looks something up.", Anything);

    public static readonly ToolDefinition Client = new("open_door", "Opens the door.", Anything);

    public Step.Tool Does { get; set; } = new(100, false);

    public int Running { get; private set; }

    public async Task<ToolResult> RunAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var does = Does;
        Running++;
        try
        {
            await Task.Delay(TimeSpan.FromMilliseconds(does.Takes), time, cancellationToken);
            return does.Fails ? throw new InvalidOperationException("scripted") : new ToolResult("42");
        }
        finally
        {
            Running--;
        }
    }
}
