using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Voice.Gateway.SignIn;

/// <summary>How often passwords and codes may be tried.</summary>
internal sealed class SignInLimits
{
    public const string Section = "SignIn";

    /// <summary>Tries at one account from one address within <see cref="Window"/>; the same number of tries at a second factor.</summary>
    [Range(1, 1000)]
    public int TriesPerAccountAndAddress { get; set; } = 5;

    /// <summary>Tries from one address at any accounts: an office behind one address signs in in the morning.</summary>
    [Range(1, 100_000)]
    public int TriesPerAddress { get; set; } = 30;

    /// <summary>Tries at one account from addresses that are not known to it.</summary>
    [Range(1, 100_000)]
    public int TriesPerAccount { get; set; } = 20;

    /// <summary>Sign-ups, forgotten passwords and tokens from mails, from one address.</summary>
    [Range(1, 100_000)]
    public int RequestsPerAddress { get; set; } = 10;

    /// <summary>Also the first pause after too many; it doubles with each that follows, up to an hour.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(1);
}

[OptionsValidator]
internal sealed partial class SignInLimitsValidator : IValidateOptions<SignInLimits>;
