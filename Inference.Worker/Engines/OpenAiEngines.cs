using Microsoft.Extensions.Options;
using Voice.Inference.Providers;
using Voice.Inference.Providers.OpenAi;
using Voice.Inference.Providers.Routing;
using Voice.Inference.Transcription.Live;
using Voice.Inference.Upstream;

namespace Voice.Inference.Engines;

/// <summary>
/// The servers of <c>Engines:&lt;capability&gt;</c> and <c>ConnectionStrings:openai</c> as a provider named <c>openai</c>: an entry for each capability,
/// because each has settings of its own.
/// </summary>
internal sealed class OpenAiEngines(IOptions<EngineOptions> options, UpstreamServer server, ProviderHttp http, TimeProvider time)
{
    public const string Kind = "engine";
    private const string Name = "openai";

    /// <param name="taken">Names of providers that are configured as such: they win.</param>
    public IEnumerable<ProviderEntry> Create(IEnumerable<string> taken)
    {
        var name = taken.Contains(Name, StringComparer.OrdinalIgnoreCase) ? "openai-engine" : Name;
        var engines = options.Value;
        var chat = engines.Chat.Engine == CapabilityOptions.OpenAi ? new OpenAiChatClient(http, OpenAiEndpoint.From(engines.Chat), time) : null;
        var synthesizer = engines.Speech.Engine == CapabilityOptions.OpenAi ? Synthesizer(engines.Speech) : null;
        var files = engines.Transcription.Engine == CapabilityOptions.OpenAi
            ? new OpenAiFileTranscriber(http, OpenAiEndpoint.From(engines.Transcription), OpenAiDialect.Generic, time)
            : null;
        return new[]
        {
            Entry(engines.Transcription, new Provider(name, Kind)
            {
                LiveTranscriber = files is null ? null : new LiveOverFile(files),
                FileTranscriber = files,
                Capabilities = [new(Capability.Transcription) { Models = Models(engines.Transcription) }],
                CheckAsync = cancellationToken => server.CheckAsync(engines.Transcription, cancellationToken),
            }),
            Entry(engines.Chat, new Provider(name, Kind)
            {
                Chat = chat,
                Forwarder = chat,
                Capabilities = [new(Capability.Chat) { Streaming = true, Models = Models(engines.Chat) }],
                CheckAsync = cancellationToken => server.CheckAsync(engines.Chat, cancellationToken),
            }),
            Entry(engines.Speech, new Provider(name, Kind)
            {
                Synthesizer = synthesizer,
                Capabilities = [new(Capability.Speech) { Streaming = true, Instructions = true, Models = Models(engines.Speech) }],
                CheckAsync = cancellationToken => server.CheckAsync(engines.Speech, cancellationToken),
            }),
        }.OfType<ProviderEntry>();
    }

    // Whoever configures an engine knows what its model can do; a server that knows no instructions ignores them.
    private OpenAiSynthesizer Synthesizer(CapabilityOptions engine) =>
        new(http, OpenAiEndpoint.From(engine), new OpenAiSpeech(engine.Model!, engine.Voice ?? "alloy") { Instructions = true }, time);

    /// <summary>Null where the capability has another engine.</summary>
    private static ProviderEntry? Entry(CapabilityOptions engine, Provider provider) => engine.Engine != CapabilityOptions.OpenAi ? null : new(
        provider,
        new ProviderSettings { Kind = Kind, BaseUrl = engine.BaseUrl, ApiKey = engine.ApiKey, Model = engine.Model, Models = engine.Models, Voice = engine.Voice, Timeout = engine.Timeout },
        ProviderOrigin.Configured);

    private static IReadOnlyList<string> Models(CapabilityOptions engine) => engine.Model is { } model ? [model] : [];
}
