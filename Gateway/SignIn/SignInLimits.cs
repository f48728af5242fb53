using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Voice.Gateway.SignIn;

/// <summary>How often passwords may be tried.</summary>
internal sealed class SignInLimits
{
    public const string Section = "SignIn";

    /// <summary>Tries at one account from one address within <see cref="Window"/>.</summary>
    [Range(1, 1000)]
    public int TriesPerAccountAndAddress { get; set; } = 5;

    /// <summary>Tries from one address at any accounts.</summary>
    [Range(1, 100_000)]
    public int TriesPerAddress { get; set; } = 30;

    /// <summary>Tries at one account from any addresses: high, so that a stranger cannot easily keep its owner out.</summary>
    [Range(1, 100_000)]
    public int TriesPerAccount { get; set; } = 60;

    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(5);
}

[OptionsValidator]
internal sealed partial class SignInLimitsValidator : IValidateOptions<SignInLimits>;
