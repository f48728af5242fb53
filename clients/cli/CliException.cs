namespace Voice.Cli;

/// <summary>Ends the command with a code and one line for the person who typed it.</summary>
internal sealed class CliException(int exitCode, string message, Exception? innerException = null) : Exception(message, innerException)
{
    public int ExitCode { get; } = exitCode;
}
