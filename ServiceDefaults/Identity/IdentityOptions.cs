using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Voice.ServiceDefaults.Identity;

/// <summary>Section <c>Auth</c>: the service's secret, and whose tokens it believes.</summary>
public sealed class IdentityOptions
{
    public const string Section = "Auth";

    /// <summary>
    /// A secret that only this service knows: what it seals, signs and marks for itself has keys derived from it. The app model makes it up.
    /// </summary>
    [Required(ErrorMessage = "is missing: set Auth__SigningKey (at least 32 characters, known to this service alone).")]
    [MinLength(32, ErrorMessage = "is too short: set Auth__SigningKey to at least 32 characters.")]
    public string SigningKey { get; set; } = "";

    /// <summary>
    /// Public keys by the name of who signs with them, each a JSON Web Key Set. For tests and tools; others are asked for at
    /// <c>services:{name}</c>, which the app model gives.
    /// </summary>
    public IDictionary<string, string?> TrustedKeys { get; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>Decided by the program, not by configuration.</summary>
    internal IReadOnlyList<TrustedIssuer> Trusted { get; set; } = [];
}

[OptionsValidator]
internal sealed partial class IdentityOptionsValidator : IValidateOptions<IdentityOptions>;

/// <summary>Without the keys of everybody it trusts nothing starts: a service that cannot tell callers apart must not answer any.</summary>
internal sealed class TrustedKeysValidator(IConfiguration configuration) : IValidateOptions<IdentityOptions>
{
    public ValidateOptionsResult Validate(string? name, IdentityOptions options)
    {
        var failures = new List<string>();
        foreach (var issuer in options.Trusted)
        {
            if (options.TrustedKeys.TryGetValue(issuer.Name, out var keys) && !string.IsNullOrEmpty(keys))
            {
                if (Jwt.JsonWebKeySet.TryParse(System.Text.Encoding.UTF8.GetBytes(keys)) is not { Count: > 0 })
                {
                    failures.Add($"{IdentityOptions.Section}__{nameof(IdentityOptions.TrustedKeys)}__{issuer.Name} is no JSON Web Key Set with an ES256 key.");
                }
            }
            else if (TrustedKeys.AddressOf(configuration, issuer.Name) is null)
            {
                failures.Add(
                    $"The keys of '{issuer.Name}' cannot be known: set services__{issuer.Name}__http__0 to its address (the app model does), "
                    + $"or {IdentityOptions.Section}__{nameof(IdentityOptions.TrustedKeys)}__{issuer.Name} to its JSON Web Key Set.");
            }
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
