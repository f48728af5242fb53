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

    /// <summary>The agent speaks first. Clients of the protocol do not expect it.</summary>
    public bool Greet { get; set; }
}
