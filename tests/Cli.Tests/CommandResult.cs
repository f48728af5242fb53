using Voice.Client;

namespace Voice.Cli.Tests;

/// <summary>What a run of <c>voice</c> left behind.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>Standard error as lines; a failure is exactly one.</summary>
    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static async Task<CommandResult> OfAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var console = new CliConsole(output, error, Interactive: false, _ => null, TimeProvider.System)
        {
            Listening = new ConversationOptions { Tail = TimeSpan.FromMilliseconds(300), Settled = TimeSpan.FromMilliseconds(100) },
        };
        var exitCode = await CommandLine.RunAsync(args, console, CancellationToken.None).OrTimeout();
        return new CommandResult(exitCode, output.ToString(), error.ToString());
    }
}
