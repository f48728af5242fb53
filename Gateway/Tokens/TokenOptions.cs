using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Voice.Gateway.Tokens;

internal sealed class TokenOptions
{
    public const string Section = "Tokens";

    /// <summary>What access tokens name as their issuer: the gateway's public address, which the app model gives.</summary>
    [Required]
    [MinLength(1)]
    public string Issuer { get; set; } = "https://voiceaspire.invalid";

    [Range(typeof(TimeSpan), "00:01:00", "01:00:00")]
    public TimeSpan AccessLifetime { get; set; } = TimeSpan.FromMinutes(15);
}

[OptionsValidator]
internal sealed partial class TokenOptionsValidator : IValidateOptions<TokenOptions>;
