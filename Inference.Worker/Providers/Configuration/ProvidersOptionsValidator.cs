using Microsoft.Extensions.Options;

namespace Voice.Inference.Providers.Configuration;

/// <summary>Bad settings stop start-up with the key to set; a value is never in the message.</summary>
internal sealed class ProvidersOptionsValidator(IEnumerable<IProviderKind> kinds) : IValidateOptions<ProvidersOptions>
{
    public ValidateOptionsResult Validate(string? name, ProvidersOptions options)
    {
        var problems = options.Problems.Concat(options.Providers.SelectMany(provider => Check(provider.Key, provider.Value))).Concat(CheckDefaults(options)).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    /// <summary>What is wrong with one provider, in terms of its own keys: for an organization's too.</summary>
    public IEnumerable<string> Check(string name, ProviderSettings settings)
    {
        var key = $"{ProvidersOptions.Section}:{name}";
        if (!ProviderNames.IsValid(name))
        {
            yield return $"{key} is no name for a provider: {ProviderNames.Rule}";
        }

        foreach (var problem in CheckCommon(key, settings))
        {
            yield return problem;
        }

        var kind = kinds.FirstOrDefault(kind => kind.Name == settings.Kind);
        if (kind is null)
        {
            yield return string.IsNullOrWhiteSpace(settings.Kind)
                ? $"{key}:Kind is required: {Known()}."
                : $"{key}:Kind is none of {Known()}.";
            yield break;
        }

        foreach (var problem in kind.Check(settings))
        {
            yield return problem.Contains("Providers:<name>", StringComparison.Ordinal) ? problem.Replace("Providers:<name>", key, StringComparison.Ordinal)
                : problem.StartsWith(key, StringComparison.Ordinal) ? problem : $"{key}: {problem}";
        }
    }

    private static IEnumerable<string> CheckCommon(string key, ProviderSettings settings)
    {
        if (settings.BaseUrl is not (null or { IsAbsoluteUri: true, Scheme: "http" or "https" or "ws" or "wss" }))
        {
            yield return $"{key}:BaseUrl must be an absolute http, https, ws or wss URL.";
        }

        if (settings.Timeout < TimeSpan.FromSeconds(1) || settings.Timeout > TimeSpan.FromMinutes(10))
        {
            yield return $"{key}:Timeout must be between 1 s and 10 min.";
        }

        if (settings.MaxConcurrent is < 1 or > 100_000)
        {
            yield return $"{key}:MaxConcurrent must be between 1 and 100000.";
        }

        if (settings.RequestsPerSecond is <= 0 or > 100_000 or double.NaN)
        {
            yield return $"{key}:RequestsPerSecond must be above 0 and at most 100000.";
        }

        if (settings.QueueFor < TimeSpan.Zero || settings.QueueFor > TimeSpan.FromMinutes(1))
        {
            yield return $"{key}:QueueFor must be between 0 and 1 min.";
        }

        foreach (var (capability, price) in settings.Prices)
        {
            if (!Enum.TryParse<Capability>(capability, ignoreCase: true, out _) || price.Values().Any(value => value < 0))
            {
                yield return $"{key}:Prices:{capability} must name a capability ({string.Join(", ", Enum.GetNames<Capability>())}) and have no negative price.";
            }
        }
    }

    private static IEnumerable<string> CheckDefaults(ProvidersOptions options) =>
        from capability in options.Defaults
        from language in capability.Value
        from name in language.Value
        let provider = name.Split('/')[0]
        where !ProviderNames.IsEmbedded(provider) && !ProviderNames.IsPolicy(provider) && !options.Providers.ContainsKey(provider) && provider != "openai"
        select $"{ProvidersOptions.DefaultsSection}:{capability.Key}:{language.Key} names a provider that is not configured.";

    private string Known() => kinds.Any() ? string.Join(", ", kinds.Select(kind => kind.Name).Order(StringComparer.Ordinal)) : "the kinds of this build, which has none";
}
