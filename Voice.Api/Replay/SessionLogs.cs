using Microsoft.Extensions.Options;
using Voice.Api.Realtime;
using Voice.Api.Sessions;
using Voice.Core.Replay;

namespace Voice.Api.Replay;

/// <summary>Opens the log of a session that begins, where logs are wanted.</summary>
internal sealed class SessionLogs(SessionLogStore store, IOptions<RealtimeOptions> options, TimeProvider time, ILogger<SessionLogs> logger)
{
    /// <returns>Null where sessions are not logged: then nothing is overheard and nothing kept.</returns>
    public SessionLogWriter? TryOpen(SessionDescriptor session) =>
        options.Value.SessionLog ? new SessionLogWriter(store.Blob(session.OrganizationId, session.Id), time, logger) : null;

    public static SessionLog Begin(SessionLogWriter writer, SessionDescriptor session, bool greet, bool speculation, TimeProvider time) =>
        new(new SessionLogHeader(session.Id, session.Agent.Id, session.Agent.Version, time.GetUtcNow(), greet) { Speculation = speculation }, writer, time);
}
