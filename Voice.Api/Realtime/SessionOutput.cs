namespace Voice.Api.Realtime;

/// <summary>Where a session's events go: to the connection there is. What comes after it has gone is for the record alone.</summary>
internal sealed class SessionOutput(RealtimeConnection connection)
{
    private bool _gone;

    public async Task SendAsync(ReadOnlyMemory<byte> json)
    {
        if (!_gone && !await connection.SendAsync(json))
        {
            _gone = true;
        }
    }
}
