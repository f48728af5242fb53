using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Voice.Inference.Providers.Own;

/// <summary>Section <c>Credentials</c>: what protects the keys that organizations bring.</summary>
internal sealed class CredentialOptions
{
    public const string Section = "Credentials";

    /// <summary>A secret of at least 32 characters; without it the service's own (<c>Auth:SigningKey</c>) stands for it.</summary>
    [MinLength(32, ErrorMessage = "Key is too short: at least 32 characters.")]
    public string? Key { get; set; }

    /// <summary>Secrets that were <see cref="Key"/> before: they open what they sealed, and what they sealed is sealed anew when it is next written.</summary>
    public List<string> PreviousKeys { get; set; } = [];
}

[OptionsValidator]
internal sealed partial class CredentialOptionsValidator : IValidateOptions<CredentialOptions>;
