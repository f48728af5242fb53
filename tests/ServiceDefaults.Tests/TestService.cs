using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Voice.ServiceDefaults;
using Voice.ServiceDefaults.Identity;

namespace ServiceDefaults.Tests;

/// <summary>A service that has only the defaults and what a test adds.</summary>
internal sealed class TestService : IAsyncDisposable
{
    private TestService(WebApplication app) => App = app;

    public WebApplication App { get; }

    public IServiceProvider Services => App.Services;

    public static WebApplicationBuilder CreateBuilder(params (string Key, string? Value)[] settings) => CreateBuilder([TrustedIssuer.Gateway], settings);

    public static WebApplicationBuilder CreateBuilder(IReadOnlyList<TrustedIssuer> trusted, params (string Key, string? Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production", ApplicationName = "test-service" });
        builder.Configuration.AddInMemoryCollection(TestIdentity.Settings);
        builder.Configuration.AddInMemoryCollection(settings.Reverse().DistinctBy(setting => setting.Key).ToDictionary(setting => setting.Key, setting => setting.Value));
        builder.WebHost.UseTestServer();
        builder.AddServiceDefaults(trusted);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        return builder;
    }

    public static async Task<TestService> StartAsync(WebApplicationBuilder builder, Action<WebApplication>? map = null)
    {
        var app = builder.Build();
        app.UseServiceDefaults();
        map?.Invoke(app);
        app.MapDefaultEndpoints();
        try
        {
            await app.StartAsync().OrTimeout();
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return new TestService(app);
    }

    public static Task<TestService> StartAsync(Action<WebApplication>? map = null) => StartAsync(CreateBuilder(), map);

    public HttpClient CreateClient() => App.GetTestClient();

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync().OrTimeout();
        await App.DisposeAsync();
    }
}
