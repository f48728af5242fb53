using System.ComponentModel.DataAnnotations;

namespace Voice.Api.SpeechCache;

/// <summary>Audio of what was said before; section <c>SpeechCache</c>.</summary>
internal sealed class SpeechCacheOptions
{
    public const string Section = "SpeechCache";

    public bool Enabled { get; set; } = true;

    /// <summary>Keep replies that are said again, too; otherwise only texts written for everybody.</summary>
    public bool Replies { get; set; } = true;

    /// <summary>Make greetings and the platform's own phrases when the service starts.</summary>
    public bool Warm { get; set; } = true;

    /// <summary>Longer audio is not kept.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan LongestAudio { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Redis has this long to answer before speech is made anew.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:00.100")]
    public TimeSpan LookupBudget { get; set; } = TimeSpan.FromMilliseconds(5);

    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan ReplyLifetime { get; set; } = TimeSpan.FromHours(24);

    [Range(typeof(TimeSpan), "00:01:00", "90.00:00:00")]
    public TimeSpan FixedLifetime { get; set; } = TimeSpan.FromDays(30);

    /// <summary>In this process.</summary>
    [Range(0, 1_073_741_824)]
    public int MemoryBytes { get; set; } = 32 * 1024 * 1024;

    /// <summary>To Redis, from this process.</summary>
    [Range(0, 10_737_418_240)]
    public long BytesPerHour { get; set; } = 128 * 1024 * 1024;
}
