namespace Voice.Client;

/// <summary>Why a realtime conversation could not be held.</summary>
public enum RealtimeFailure
{
    /// <summary>Nothing answers at the address.</summary>
    Unreachable,

    /// <summary>The credential is missing, wrong or expired.</summary>
    Unauthorized,

    /// <summary>No agent of that name.</summary>
    UnknownAgent,

    /// <summary>The platform answered, but not with a conversation.</summary>
    Refused,

    /// <summary>The connection ended before the conversation did.</summary>
    ConnectionLost,

    /// <summary>What came is not the protocol.</summary>
    Protocol,

    /// <summary>The answer took longer than the caller waits.</summary>
    TimedOut,
}
