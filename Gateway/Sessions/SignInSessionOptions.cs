using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Voice.Gateway.Sessions;

internal sealed class SignInSessionOptions
{
    public const string Section = "SignInSessions";

    /// <summary>Unused for this long, a session ends.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan Idle { get; set; } = TimeSpan.FromHours(12);

    /// <summary>After this a session ends even where it is in use: the user signs in again.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "90.00:00:00")]
    public TimeSpan Absolute { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long an answer of Redis serves without asking again. A revocation is told to every gateway at once; this bounds what a lost message costs.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:30")]
    public TimeSpan CheckEvery { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Redis gone: a session that was seen alive this recently goes on; every other one waits. No longer, whatever is configured, than a minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(60);
}

[OptionsValidator]
internal sealed partial class SignInSessionOptionsValidator : IValidateOptions<SignInSessionOptions>;
