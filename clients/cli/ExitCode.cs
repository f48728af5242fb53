namespace Voice.Cli;

/// <summary>What <c>voice</c> ends with. A contract: scripts tell failures apart by it.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The conversation began and could not be held to its end; the audit trail is not whole.</summary>
    public const int ConversationFailed = 1;

    /// <summary>The command line makes no sense.</summary>
    public const int Usage = 2;

    /// <summary>A file cannot be read, is no audio, or cannot be written.</summary>
    public const int BadFile = 3;

    /// <summary>No platform answers at the address.</summary>
    public const int Unreachable = 4;

    /// <summary>The credential is missing, wrong or expired.</summary>
    public const int Unauthorized = 5;

    /// <summary>The platform has no such agent.</summary>
    public const int UnknownAgent = 6;

    /// <summary>The platform has no such session, or nothing to replay of it.</summary>
    public const int UnknownSession = 7;

    /// <summary>Ctrl+C.</summary>
    public const int Interrupted = 130;
}
