using Microsoft.Extensions.Options;
using Voice.Api.Recordings;

namespace Voice.Api.Sessions;

/// <summary>What every journal of the process shares.</summary>
internal sealed class SessionJournalServices(
    SessionStore store,
    SessionEnding ending,
    RecordingStore recordings,
    LiveSessions live,
    SessionRecordMetrics metrics,
    IOptions<SessionRecordOptions> options,
    TimeProvider time,
    ILogger<SessionJournal> logger)
{
    public SessionStore Store => store;

    public SessionEnding Ending => ending;

    public RecordingStore Recordings => recordings;

    public LiveSessions Live => live;

    public SessionRecordMetrics Metrics => metrics;

    public SessionRecordOptions Options { get; } = options.Value;

    public TimeProvider Time => time;

    public ILogger Logger => logger;
}
