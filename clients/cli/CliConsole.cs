using Voice.Client;

namespace Voice.Cli;

/// <summary>Where a command writes.</summary>
/// <param name="Output">What was asked for.</param>
/// <param name="Error">What went wrong; with <c>--json</c> also everything that is not the object.</param>
/// <param name="Interactive">A terminal, on which a line may be written over.</param>
internal sealed record CliConsole(TextWriter Output, TextWriter Error, bool Interactive, Func<string, string?> Environment, TimeProvider Time)
{
    public ConversationOptions Listening { get; init; } = new();

    public static CliConsole OfProcess() =>
        new(Console.Out, Console.Error, !Console.IsOutputRedirected, System.Environment.GetEnvironmentVariable, TimeProvider.System);
}
