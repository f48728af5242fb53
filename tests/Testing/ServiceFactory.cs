using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Voice.Testing;

/// <summary>
/// A service with its real pipeline in memory. It takes the tokens of <see cref="TestIdentity"/>; what else it needs, a test gives by settings and services.
/// <code>
/// await using var service = new ServiceFactory&lt;Program&gt;().WithDatabase(database).With(services => …);
/// var client = service.CreateClient().As("org_a");
/// </code>
/// </summary>
public class ServiceFactory<TProgram> : WebApplicationFactory<TProgram>
    where TProgram : class
{
    private readonly Dictionary<string, string?> _settings = TestIdentity.Settings;
    private readonly List<Action<IServiceCollection>> _services = [];

    public ServiceFactory<TProgram> With(string key, string? value)
    {
        _settings[key] = value;
        return this;
    }

    /// <summary>Applied after the service's own registrations.</summary>
    public ServiceFactory<TProgram> With(Action<IServiceCollection> configure)
    {
        _services.Add(configure);
        return this;
    }

    public ServiceFactory<TProgram> WithDatabase(TestDatabase database) => With("ConnectionStrings:voicedb", database.ConnectionString);

    public async Task<ServiceFactory<TProgram>> WithCacheAsync() => With("ConnectionStrings:cache", (await BackingServers.RedisAsync()).ConnectionString);

    public async Task<ServiceFactory<TProgram>> WithBlobsAsync() => With("ConnectionStrings:blobs", (await BackingServers.AzuriteAsync()).ConnectionString);

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        // Production, so that nothing a developer's machine forgives is forgiven here.
        builder.UseEnvironment("Production");
        foreach (var (key, value) in _settings)
        {
            builder.UseSetting(key, value);
        }

        builder.ConfigureServices(services => _services.ForEach(configure => configure(services)));
    }
}
