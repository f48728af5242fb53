namespace Voice.Core.Replay;

/// <summary>What an entry of a session's log holds. Numbers of a file format: never given again.</summary>
public enum LogKind : byte
{
    /// <summary><see cref="SessionLogHeader"/> as JSON; always first.</summary>
    Begin = 1,

    /// <summary>PCM as it was appended.</summary>
    Audio = 2,

    /// <summary>A client event, as it came.</summary>
    Client = 3,

    /// <summary><see cref="EngineCommand"/> as JSON: what the platform itself asked of the engine.</summary>
    Engine = 4,

    /// <summary><see cref="ProviderEntry"/> as JSON.</summary>
    Provider = 5,

    /// <summary>Entries were lost here: the log cannot be replayed.</summary>
    Lost = 6,

    /// <summary>The conversation was ended.</summary>
    End = 7,
}
