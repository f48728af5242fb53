using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Voice.Gateway.OpenId;

/// <summary>Names the key to set; never says a value.</summary>
internal sealed partial class OpenIdOptionsValidator : IValidateOptions<OpenIdOptions>
{
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(1);

    public ValidateOptionsResult Validate(string? name, OpenIdOptions options)
    {
        var problems = options.Providers.SelectMany(p => ProblemsOf(p.Key, p.Value)).ToList();
        if (options.PublicUrl is { } address && (!IsSafe(address) || address is { Query.Length: > 0 } or { Fragment.Length: > 0 }))
        {
            problems.Add("PublicUrl must be an https address without query: where people reach the platform.");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    /// <summary>Encrypted, or never on a wire.</summary>
    public static bool IsSafe(Uri address) => address.IsAbsoluteUri && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));

    private static IEnumerable<string> ProblemsOf(string name, OpenIdProviderOptions provider)
    {
        var key = $"Providers:{name}";
        if (!Name().IsMatch(name) || name == Entra.EntraProvider.Name)
        {
            yield return $"{key}: the name is 1 to 32 of a-z, 0-9 and '-', for it is in addresses, and not 'entra', which OpenId:Entra is.";
        }

        if (provider.Authority is not { } authority || !IsSafe(authority) || authority is { Query.Length: > 0 } or { Fragment.Length: > 0 })
        {
            yield return $"{key}:Authority must be set to the provider's issuer, an https address (http only on this machine).";
        }

        if (string.IsNullOrWhiteSpace(provider.ClientId))
        {
            yield return $"{key}:ClientId must be set to what the provider knows this platform as.";
        }

        if (!provider.Scopes.Split(' ').Contains("openid", StringComparer.Ordinal))
        {
            yield return $"{key}:Scopes must contain 'openid'.";
        }

        if (provider.Timeout < TimeSpan.FromSeconds(1) || provider.Timeout > LongestTimeout)
        {
            yield return $"{key}:Timeout must be between a second and a minute.";
        }
    }

    [GeneratedRegex("^[a-z0-9-]{1,32}$")]
    private static partial Regex Name();
}
