using Microsoft.Extensions.DependencyInjection.Extensions;
using Voice.ServiceDefaults;

namespace Voice.Api.Tools;

internal static class ToolServiceCollectionExtensions
{
    /// <summary>Adds what calls agents' HTTP tools.</summary>
    public static WebApplicationBuilder AddTools(this WebApplicationBuilder builder)
    {
        builder.Services.AddSectionOptions<HttpToolOptions, HttpToolOptionsValidator>(HttpToolOptions.Section);
        builder.Services.AddSingleton<HttpToolMetrics>();
        builder.Services.TryAddSingleton<ToolConnector>();
        builder.Services.AddSingleton<HttpToolClient>();
        return builder;
    }
}
