namespace Voice.Core.Replay;

/// <summary>Where a session's log goes. Calls come one after the other and must not wait.</summary>
public interface ISessionLogSink
{
    /// <summary>A whole entry, framed. Copied.</summary>
    void Write(ReadOnlySpan<byte> entry);
}
