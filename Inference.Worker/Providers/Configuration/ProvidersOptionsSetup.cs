using Microsoft.Extensions.Options;

namespace Voice.Inference.Providers.Configuration;

/// <summary>Reads the sections by hand: the binder's own errors have the values in them, which may be secrets in the wrong place.</summary>
internal sealed class ProvidersOptionsSetup(IConfiguration configuration) : IConfigureOptions<ProvidersOptions>
{
    public void Configure(ProvidersOptions options)
    {
        // A plain value below Providers is no provider: sessions have settings of that name in their own service.
        foreach (var section in configuration.GetSection(ProvidersOptions.Section).GetChildren().Where(section => section.GetChildren().Any()))
        {
            var settings = new ProviderSettings();
            try
            {
                section.Bind(settings);
                options.Providers[section.Key] = settings;
            }
            catch (InvalidOperationException)
            {
                options.Problems.Add(
                    $"{section.Path} has a value that cannot be read: BaseUrl is an absolute URL, Timeout and QueueFor are hh:mm:ss, Local is true or false, limits and prices are numbers.");
            }
        }

        foreach (var section in configuration.GetSection(ProvidersOptions.DefaultsSection).GetChildren())
        {
            if (!Enum.TryParse<Capability>(section.Key, ignoreCase: true, out var capability) || !Enum.IsDefined(capability))
            {
                options.Problems.Add($"{section.Path} is no capability: {string.Join(", ", Enum.GetNames<Capability>())}.");
                continue;
            }

            options.Defaults[capability] = section.GetChildren().ToDictionary(
                language => language.Key,
                language => (List<string>)[.. language.GetChildren().Select(name => name.Value ?? "")],
                StringComparer.OrdinalIgnoreCase);
        }
    }
}
