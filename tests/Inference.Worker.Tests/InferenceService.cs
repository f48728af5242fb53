using System.Net.WebSockets;
using Microsoft.Extensions.DependencyInjection;

namespace Voice.Inference.Tests;

/// <summary>The worker with its real engines, shared by the tests of the collection: starting decoders is the expensive part.</summary>
public sealed class InferenceService : IAsyncLifetime
{
    private readonly ServiceFactory<Program> _factory = new ServiceFactory<Program>()
        .With("Engines:Decoders:Warm", "1")
        .With("Engines:Decoders:Max", "3")
        .With("Engines:Speakers:Warm", "1");

    public HttpClient Client { get; private set; } = null!;

    public IServiceProvider Services => _factory.Services;

    public async Task InitializeAsync()
    {
        Client = _factory.CreateClient().As();
        await Deadline.Until(async () => (await Client.GetAsync("/health")).IsSuccessStatusCode, TimeSpan.FromSeconds(60));
    }

    public Task DisposeAsync() => _factory.DisposeAsync().AsTask();

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    public Task<LiveClient> ConnectAsync(string query = "?intent=transcription") => LiveClient.ConnectAsync(_factory, query);
}

[CollectionDefinition(Name)]
public sealed class InferenceCollection : ICollectionFixture<InferenceService>
{
    public const string Name = "inference";
}
