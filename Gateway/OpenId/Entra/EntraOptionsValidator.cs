using Microsoft.Extensions.Options;

namespace Voice.Gateway.OpenId.Entra;

internal sealed class EntraOptionsValidator : IValidateOptions<EntraOptions>
{
    private static readonly string[] ManyDirectories = ["common", "organizations", "consumers"];

    public ValidateOptionsResult Validate(string? name, EntraOptions options)
    {
        if (!options.IsConfigured)
        {
            return ValidateOptionsResult.Success;
        }

        List<string> problems = [];
        if (string.IsNullOrEmpty(options.TenantId))
        {
            problems.Add("TenantId must be set to the directory whose people may come in.");
        }

        if (string.IsNullOrEmpty(options.ClientSecret))
        {
            problems.Add("ClientSecret must be set: the code is redeemed with it.");
        }

        if (!Uri.TryCreate(options.Instance, UriKind.Absolute, out var instance) || instance.Scheme != Uri.UriSchemeHttps)
        {
            problems.Add("Instance must be an https address.");
        }

        if (options.TrustsEmail && ManyDirectories.Contains(options.TenantId, StringComparer.OrdinalIgnoreCase))
        {
            problems.Add("TrustsEmail needs a TenantId of one directory: in another anybody can give themselves any address.");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
