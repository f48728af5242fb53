using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Voice.Gateway.Limits;

/// <summary>Section <c>Limits</c>: what everybody may who has no limits of their own in the database.</summary>
internal sealed class LimitOptions
{
    public const string Section = "Limits";

    /// <summary>Off only where something in front already limits.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Installations that share a Redis must differ here.</summary>
    [RegularExpression("^[a-z0-9-]{1,40}$")]
    public string Installation { get; set; } = "voice";

    /// <summary>Requests of one API key, client secret or service.</summary>
    [Required, ValidateObjectMembers]
    public RateOptions Key { get; set; } = new() { Permits = 6_000 };

    /// <summary>Requests of one signed-in person.</summary>
    [Required, ValidateObjectMembers]
    public RateOptions User { get; set; } = new() { Permits = 3_000 };

    [Required, ValidateObjectMembers]
    public RateOptions Organization { get; set; } = new() { Permits = 60_000 };

    /// <summary>Requests from one address, with a credential or without; an office shares one.</summary>
    [Required, ValidateObjectMembers]
    public RateOptions Address { get; set; } = new() { Permits = 12_000 };

    /// <summary>Seconds of audio of one organization, transcribed or spoken in sessions.</summary>
    [Required, ValidateObjectMembers]
    public RateOptions AudioSeconds { get; set; } = new() { Permits = 36_000 };

    /// <summary>Characters of one organization, spoken or translated.</summary>
    [Required, ValidateObjectMembers]
    public RateOptions Characters { get; set; } = new() { Permits = 1_000_000 };

    /// <summary>Tokens of one organization, in and out.</summary>
    [Required, ValidateObjectMembers]
    public RateOptions Tokens { get; set; } = new() { Permits = 2_000_000 };

    /// <summary>Conversations of one organization at the same time.</summary>
    [Range(1, 1_000_000)]
    public int ConcurrentSessions { get; set; } = 500;

    /// <summary>Conversations of one key at the same time; as many as the organization's unless given.</summary>
    [Range(1, 1_000_000)]
    public int? ConcurrentSessionsPerKey { get; set; }

    /// <summary>What one organization may use in a calendar month (UTC), by kind; a kind that is not here is not limited.</summary>
    public Dictionary<string, long> Monthly { get; set; } = [];

    /// <summary>For how long Redis may keep a request waiting before the limits of this process alone decide.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:05")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>A session whose gateway died counts for this long.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan SessionLease { get; set; } = TimeSpan.FromSeconds(45);
}

[OptionsValidator]
internal sealed partial class LimitOptionsValidator : IValidateOptions<LimitOptions>;
