using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Voice.ServiceDefaults;

public static class SectionOptionsServiceCollectionExtensions
{
    /// <summary>
    /// Options bound to a section and checked before the service starts. What a check says begins with the key to set: the messages that
    /// a generated validator makes for ranges name only the class, whatever the attribute says.
    /// </summary>
    public static OptionsBuilder<TOptions> AddSectionOptions<TOptions, TValidator>(this IServiceCollection services, string section)
        where TOptions : class
        where TValidator : class, IValidateOptions<TOptions>, new()
    {
        services.AddSingleton<IValidateOptions<TOptions>>(new KeyNamingValidator<TOptions>(section, new TValidator()));
        return services.AddOptionsWithValidateOnStart<TOptions>().BindConfiguration(section);
    }

    private sealed class KeyNamingValidator<TOptions>(string section, IValidateOptions<TOptions> inner) : IValidateOptions<TOptions>
        where TOptions : class
    {
        public ValidateOptionsResult Validate(string? name, TOptions options) =>
            inner.Validate(name, options) is { Failed: true, Failures: { } failures }
                ? ValidateOptionsResult.Fail(failures.Select(failure => $"{section}:{failure}"))
                : ValidateOptionsResult.Success;
    }
}
