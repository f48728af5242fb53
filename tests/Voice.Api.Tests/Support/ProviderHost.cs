using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Voice.Api.Providers;
using Voice.Core.Providers;
using Voice.ServiceDefaults;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.Identity.Keys;

namespace Voice.Api.Tests.Support;

/// <summary>The provider clients as the service registers them, pointed at an address.</summary>
internal sealed class ProviderHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    public ProviderHost(Uri inference, params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(TestIdentity.Settings)
        {
            ["services:inference-worker:http:0"] = inference.ToString(),
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.AddServiceDefaults();
        builder.Services.AddKeyedSingleton<ISigningKeys>(KeySchedule.Internal.Purpose, new MemorySigningKeys());
        builder.AddIdentityTokens();
        builder.AddProviders();
        _app = builder.Build();
    }

    public IChatClient Chat => _app.Services.GetRequiredService<IChatClient>();

    public ISpeechSynthesizer Speech => _app.Services.GetRequiredService<ISpeechSynthesizer>();

    public ITranslator Translator => _app.Services.GetRequiredService<ITranslator>();

    public ILiveTranscriber Transcriber => _app.Services.GetRequiredService<ILiveTranscriber>();

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
