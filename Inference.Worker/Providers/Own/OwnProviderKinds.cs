using Microsoft.Extensions.Options;
using Voice.Inference.Providers.Configuration;
using Voice.ServiceDefaults.Http.Outbound;

namespace Voice.Inference.Providers.Own;

/// <summary>
/// The kinds for providers of organizations: their requests leave by connections that only public addresses can be reached with, share no pool with the
/// operator's, and never carry the service's own identity.
/// </summary>
internal sealed class OwnProviderKinds : IDisposable
{
    // Their adapters speak HTTP only, through the guarded client. WebSockets go to the service's own address, or nowhere.
    private static readonly string[] WithOwnAddress = ["openai", "azure-openai", "openai-compatible", "anthropic", "azure-translator"];

    private readonly ServiceProvider _services;
    private readonly OwnProviderOptions _options;

    public OwnProviderKinds(IOptions<OwnProviderOptions> options, ILoggerFactory loggers, TimeProvider time)
    {
        _options = options.Value;
        var services = new ServiceCollection();
        services.AddSingleton(loggers);
        services.AddSingleton(time);
        services.AddHttpClient(ProviderHttp.ClientName, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(() => OutboundHandler.Create(new OutboundConnector(_options), _options));
        services.AddSingleton<ProviderHttp>();
        services.AddProviderKinds();
        _services = services.BuildServiceProvider();
        All = [.. _services.GetServices<IProviderKind>()];
        Validator = new ProvidersOptionsValidator(All);
    }

    public IReadOnlyList<IProviderKind> All { get; }

    private ProvidersOptionsValidator Validator { get; }

    public void Dispose() => _services.Dispose();

    public Provider Create(string name, ProviderSettings settings) => All.First(kind => kind.Name == settings.Kind).Create(name, settings);

    /// <summary>What is wrong; each names the key, in the words of the API.</summary>
    public IEnumerable<string> Check(string name, ProviderSettings settings)
    {
        foreach (var problem in Validator.Check(name, settings))
        {
            yield return problem.Replace($"Providers:{name}:", "", StringComparison.Ordinal);
        }

        if (settings.BaseUrl is { IsAbsoluteUri: true } address)
        {
            if (!WithOwnAddress.Contains(settings.Kind))
            {
                yield return $"BaseUrl cannot be given for {settings.Kind}: only its own address is asked.";
            }
            else if (Refusal(address) is { } refusal)
            {
                yield return $"BaseUrl: {refusal}";
            }
        }
    }

    private string? Refusal(Uri address)
    {
        try
        {
            OutboundAddress.Check(address, _options);
            return null;
        }
        catch (OutboundRefusedException refused)
        {
            return refused.Message;
        }
    }
}
