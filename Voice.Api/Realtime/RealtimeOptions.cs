using System.ComponentModel.DataAnnotations;

namespace Voice.Api.Realtime;

internal sealed class RealtimeOptions
{
    public const string Section = "Realtime";

    /// <summary>Longest session; it ends with <c>session_expired</c>.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "24:00:00")]
    public TimeSpan SessionLimit { get; set; } = TimeSpan.FromMinutes(60);

    /// <summary>How long a client may take to read what is left, and to close, when a session ends.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:30")]
    public TimeSpan CloseTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a session waits for a client whose connection was lost, and who may come back.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan ResumeLimit { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long sessions may go on after the server was told to stop. Whoever stops it must wait so long, and some seconds more: Container
    /// Apps are told to, the runner of one machine waits four seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan DrainLimit { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Everything that enters the engine is kept, to be replayed: 48 KB of Blob Storage per second of audio. Off costs nothing.</summary>
    public bool SessionLog { get; set; }

    /// <summary>The agent speaks first. Clients of the protocol do not expect it.</summary>
    public bool Greet { get; set; }

    /// <summary>Sessions that do not say otherwise begin replies before the turn is known to be over: faster, for some more calls of the model.</summary>
    public bool Speculation { get; set; } = true;

    /// <summary>
    /// Every frame of the client's audio comes back as <c>voiceaspire.echo</c>, by way of the whole session: to measure what a session adds.
    /// </summary>
    public bool Echo { get; set; }

    /// <summary>Live sessions of this process; more are refused with <c>server_overloaded</c>.</summary>
    [Range(1, 1_000_000)]
    public int MaxSessions { get; set; } = 1_000;

    /// <summary>New sessions are refused while work waits this long for a thread, and until it has been half of it for <see cref="Calm"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan MaxLag { get; set; } = TimeSpan.FromMilliseconds(100);

    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan Calm { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary><c>response.create</c> of one client within a minute; more are refused with <c>rate_limit_exceeded</c>.</summary>
    [Range(1, 100_000)]
    public int ResponsesPerMinute { get; set; } = 120;

    /// <summary>What a refused client is told to wait.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(2);
}
