using Microsoft.AspNetCore.DataProtection;
using Voice.ServiceDefaults;
using Voice.ServiceDefaults.Http;
using Voice.ServiceDefaults.Identity;
using Voice.Web.Platform;

namespace Voice.Web;

internal static class WebServiceCollectionExtensions
{
    // A page waits for these answers; better an error state than a browser that spins.
    private static readonly TimeSpan PatienceOfAReader = TimeSpan.FromSeconds(10);

    /// <summary>The services whose data pages show, called on behalf of whoever asked for the page.</summary>
    public static WebApplicationBuilder AddPlatformClients(this WebApplicationBuilder builder)
    {
        AddClient<VoiceApiClient>(builder, "voice-api");
        AddClient<SafetyClient>(builder, "safety-worker");
        AddClient<ExportClient>(builder, "export-worker");
        return builder;
    }

    public static WebApplicationBuilder AddPages(this WebApplicationBuilder builder)
    {
        // Also when run from the build output outside Development.
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(server => server.AddServerHeader = false);
        builder.Services.AddRazorComponents();
        // Pages have no forms of their own; the keys of the antiforgery middleware need not outlive the process.
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        return builder;
    }

    private static void AddClient<TClient>(WebApplicationBuilder builder, string service)
        where TClient : class
    {
        var address = builder.Configuration.GetServiceUri(service);
        builder.Services.AddHttpClient<TClient>(http =>
        {
            http.BaseAddress = address;
            http.Timeout = PatienceOfAReader;
        }).AddCallerToken(service);
    }
}
