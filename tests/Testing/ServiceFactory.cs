using System.Runtime.ExceptionServices;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

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
    private volatile Exception? _invalid;

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

        builder.ConfigureServices(services =>
        {
            _services.ForEach(configure => configure(services));
            WatchValidation(services);
        });
    }

    /// <summary>The program runs on a thread of its own. Where its start fails it may have disposed the host before the factory asked it anything, and then only that is told.</summary>
    protected override IHost CreateHost(IHostBuilder builder)
    {
        try
        {
            return base.CreateHost(builder);
        }
        catch (ObjectDisposedException) when (_invalid is { } invalid)
        {
            ExceptionDispatchInfo.Throw(invalid);
            throw;
        }
    }

    private void WatchValidation(IServiceCollection services)
    {
        if (services.LastOrDefault(service => service.ServiceType == typeof(IStartupValidator))?.ImplementationType is { } type)
        {
            services.AddTransient<IStartupValidator>(provider => new WatchedValidator((IStartupValidator)ActivatorUtilities.CreateInstance(provider, type), this));
        }
    }

    private sealed class WatchedValidator(IStartupValidator validator, ServiceFactory<TProgram> factory) : IStartupValidator
    {
        public void Validate()
        {
            try
            {
                validator.Validate();
            }
            catch (Exception invalid)
            {
                factory._invalid = invalid;
                throw;
            }
        }
    }
}
