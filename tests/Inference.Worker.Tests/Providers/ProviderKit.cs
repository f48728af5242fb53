using Microsoft.Extensions.DependencyInjection;
using Voice.Inference.Providers;
using Voice.Inference.Providers.Anthropic;
using Voice.Inference.Providers.AzureTranslator;
using Voice.Inference.Providers.OpenAi;

namespace Voice.Inference.Tests.Providers;

/// <summary>Kinds as the worker makes them, without the worker.</summary>
internal sealed class ProviderKit : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public ProviderKit(TimeProvider? time = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton(time ?? TimeProvider.System);
        services.AddHttpClient(ProviderHttp.ClientName, client => client.Timeout = Timeout.InfiniteTimeSpan);
        services.AddSingleton<ProviderHttp>();
        services.AddSingleton<OpenAiProviders>();
        services.AddSingleton<IProviderKind, OpenAiKind>();
        services.AddSingleton<IProviderKind, AzureOpenAiKind>();
        services.AddSingleton<IProviderKind, OpenAiCompatibleKind>();
        services.AddSingleton<IProviderKind, AnthropicKind>();
        services.AddSingleton<IProviderKind, AzureTranslatorKind>();
        _services = services.BuildServiceProvider();
    }

    public IProviderKind Kind(string name) => _services.GetServices<IProviderKind>().Single(kind => kind.Name == name);

    /// <summary>Fails where the kind finds something wrong with the settings.</summary>
    public Provider Create(string kind, ProviderSettings settings)
    {
        Assert.Empty(Kind(kind).Check(settings));
        return Kind(kind).Create("theirs", settings);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
