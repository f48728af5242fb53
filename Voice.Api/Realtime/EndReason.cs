namespace Voice.Api.Realtime;

/// <summary>Why a conversation ended; the names in the record are those of <c>SessionEnded</c>.</summary>
internal enum EndReason
{
    ClientClosed,
    ConnectionLost,
    Expired,
    ServerShutdown,
    Error,
}

internal static class EndReasons
{
    public static string Name(this EndReason reason) => reason switch
    {
        EndReason.ClientClosed => "client_closed",
        EndReason.ConnectionLost => "connection_lost",
        EndReason.Expired => "expired",
        EndReason.ServerShutdown => "server_shutdown",
        _ => "error",
    };
}
