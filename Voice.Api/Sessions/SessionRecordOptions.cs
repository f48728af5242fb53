using System.ComponentModel.DataAnnotations;

namespace Voice.Api.Sessions;

/// <summary>How the record of a conversation is kept; section <c>Sessions</c>.</summary>
internal sealed class SessionRecordOptions
{
    public const string Section = "Sessions";

    /// <summary>What a conversation that is to begin waits for its agent, and as long again for its place in the record; then it is refused.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan OpenLimit { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How often a server says that its conversations are alive.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>A conversation whose server was silent for this long, and still is at the next sweep, is over.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan OrphanAfter { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>More than <see cref="HeartbeatInterval"/>: between two sweeps a server that lives has spoken.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Conversations are recorded. Turns and transcripts are kept either way.</summary>
    public bool Record { get; set; } = true;

    /// <summary>How much of a recording a crash may cost.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:30")]
    public TimeSpan RecordingInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a recording may wait for a Blob Storage that is away; older audio becomes silence.</summary>
    [Range(typeof(TimeSpan), "00:00:04", "00:10:00")]
    public TimeSpan RecordingBuffer { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Completed turns that may wait for a PostgreSQL that is away.</summary>
    [Range(1, 100_000)]
    public int TurnBuffer { get; set; } = 1000;

    /// <summary>How long a download link of a recording works.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan RecordingLinkLifetime { get; set; } = TimeSpan.FromMinutes(15);
}
