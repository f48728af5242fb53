using System.CommandLine;
using System.CommandLine.Parsing;
using Voice.Cli.Audit;
using Voice.Cli.Replay;
using Voice.Cli.Talk;
using Voice.Client;

namespace Voice.Cli;

/// <summary>The <c>voice</c> command: parses, runs, and turns every failure into one line and a code.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args, CliConsole console, CancellationToken cancellationToken)
    {
        var root = new RootCommand("Talks to a VoiceAspire platform.");
        root.Subcommands.Add(TalkCommand.Create(console));
        root.Subcommands.Add(ReplayCommand.Create(console));
        root.Subcommands.Add(AuditCommand.Create(console));
        var parsed = root.Parse(args);
        if (parsed.Errors is [var first, ..])
        {
            return await FailAsync(console, ExitCode.Usage, $"{first.Message} See `voice {CommandName(parsed)}--help`.");
        }

        try
        {
            var invocation = new InvocationConfiguration { Output = console.Output, Error = console.Error, EnableDefaultExceptionHandler = false };
            return await parsed.InvokeAsync(invocation, cancellationToken);
        }
        catch (CliException failure)
        {
            return await FailAsync(console, failure.ExitCode, failure.Message);
        }
        catch (RealtimeException failure)
        {
            return await FailAsync(console, CodeOf(failure.Failure), failure.Message);
        }
        catch (OperationCanceledException)
        {
            return await FailAsync(console, ExitCode.Interrupted, "stopped");
        }
    }

    private static async Task<int> FailAsync(CliConsole console, int exitCode, string message)
    {
        await console.Error.WriteLineAsync("voice: " + message.ReplaceLineEndings(" "));
        return exitCode;
    }

    private static string CommandName(ParseResult parsed) =>
        parsed.CommandResult is { Parent: CommandResult } command ? command.Command.Name + " " : "";

    private static int CodeOf(RealtimeFailure failure) => failure switch
    {
        RealtimeFailure.Unreachable => ExitCode.Unreachable,
        RealtimeFailure.Unauthorized => ExitCode.Unauthorized,
        RealtimeFailure.UnknownAgent => ExitCode.UnknownAgent,
        _ => ExitCode.ConversationFailed,
    };
}
