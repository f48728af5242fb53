using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Voice.ServiceDefaults.Identity;

/// <summary>Section <c>Auth</c>. Without it nothing starts: a service that cannot tell callers apart must not answer any.</summary>
public sealed class IdentityOptions
{
    public const string Section = "Auth";

    /// <summary>The key that all services of one installation share; the app model makes it up.</summary>
    [Required(ErrorMessage = "is missing: set Auth__SigningKey (at least 32 characters, the same for every service).")]
    [MinLength(32, ErrorMessage = "is too short: set Auth__SigningKey to at least 32 characters.")]
    public string SigningKey { get; set; } = "";
}

[OptionsValidator]
internal sealed partial class IdentityOptionsValidator : IValidateOptions<IdentityOptions>;
