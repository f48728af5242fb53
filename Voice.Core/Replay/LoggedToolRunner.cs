using Voice.Core.Tools;

namespace Voice.Core.Replay;

internal sealed class LoggedToolRunner(IToolRunner inner, SessionLog log) : IToolRunner
{
    public const string Stage = "tool";

    public async Task<ToolResult> RunAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var number = log.Call(Stage);
        try
        {
            var result = await inner.RunAsync(call, cancellationToken);
            log.Provider(new ProviderEntry(Stage, number, "end") { Id = call.Id, Name = call.Tool.Name, Text = result.Output, Failed = result.Failed });
            return result;
        }
        catch (Exception exception)
        {
            log.Provider(ProviderFailures.Of(Stage, number, exception));
            throw;
        }
    }
}
