using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Voice.ServiceDefaults;
using Voice.ServiceDefaults.Http.Outbound;

namespace Voice.Api.Tools;

internal static class ToolServiceCollectionExtensions
{
    /// <summary>Adds what calls agents' HTTP tools.</summary>
    public static WebApplicationBuilder AddTools(this WebApplicationBuilder builder)
    {
        builder.Services.AddSectionOptions<HttpToolOptions, HttpToolOptionsValidator>(HttpToolOptions.Section);
        builder.Services.AddSingleton<HttpToolMetrics>();
        builder.Services.TryAddSingleton(services => new OutboundConnector(services.GetRequiredService<IOptions<HttpToolOptions>>().Value));
        builder.Services.AddSingleton<HttpToolClient>();
        return builder;
    }
}
