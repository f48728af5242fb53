using Microsoft.AspNetCore.Hosting;

namespace ServiceDefaults.Tests;

internal static class WebHostTestExtensions
{
    /// <summary>A real server, for what the in-memory one does not do.</summary>
    public static void UseKestrelOnFreePort(this IWebHostBuilder builder)
    {
        builder.UseKestrel();
        builder.UseUrls("http://127.0.0.1:0");
    }
}
