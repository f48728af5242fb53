using Microsoft.Extensions.DependencyInjection;
using Voice.Inference.Engines;
using Voice.Inference.Providers;

namespace Voice.Inference.Tests.Providers;

/// <summary>The worker with providers of a scripted kind, named by the test; it starts no engine process before it is asked.</summary>
internal sealed class ProviderWorker : IAsyncDisposable
{
    private readonly ServiceFactory<Program> _factory;

    public ProviderWorker(params string[] names)
    {
        _factory = new ServiceFactory<Program>().With("Engines:Decoders:Warm", "0").With("Engines:Speakers:Warm", "0")
            .With(services => services.AddSingleton<IProviderKind>(Kind));
        foreach (var name in names)
        {
            _factory.With($"Providers:{name}:Kind", "scripted").With($"Providers:{name}:ApiKey", $"secret-of-{name}");
        }
    }

    public ScriptedKind Kind { get; } = new();

    public ServiceFactory<Program> Factory => _factory;

    public EngineCatalog Catalog => Get<EngineCatalog>();

    public ProviderWorker With(string key, string? value)
    {
        _factory.With(key, value);
        return this;
    }

    public T Get<T>()
        where T : notnull => _factory.Services.GetRequiredService<T>();

    public HttpClient Client(string organization = "org_a") => _factory.CreateClient().As(organization);

    public ValueTask DisposeAsync() => _factory.DisposeAsync();
}
