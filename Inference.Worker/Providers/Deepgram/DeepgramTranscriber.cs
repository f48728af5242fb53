using System.Globalization;
using Voice.Core.Providers;
using Voice.Inference.Providers.Sockets;

namespace Voice.Inference.Providers.Deepgram;

/// <summary>Live transcription by Deepgram: <c>v1/listen</c>, and <c>v2/listen</c> for the models that find the ends of turns (Flux).</summary>
internal sealed class DeepgramTranscriber(DeepgramAccount account, string? model, TimeProvider time) : ILiveTranscriber
{
    private const int MostKeyterms = 100;

    public async ValueTask<ILiveTranscription> StartAsync(TranscriptionOptions options, CancellationToken cancellationToken)
    {
        var name = options.Model ?? model ?? DeepgramModels.Default;
        var flux = DeepgramModels.IsFlux(name);
        var query = flux ? FluxQuery(name, options) : Query(name, options);
        var address = account.Address(flux ? "v2/listen" : "v1/listen", query);
        var socket = await ProviderSocket.ConnectAsync(address, [account.Authorization], DeepgramAccount.Who, account.Timeout, time, cancellationToken);
        Transcription.Live.SocketTranscription stream = flux
            ? new FluxTranscription(socket, account.Timeout, options.SampleRate, time)
            : new DeepgramTranscription(socket, account.Timeout, options.SampleRate, time);
        stream.Begin();
        return stream;
    }

    internal static IEnumerable<KeyValuePair<string, string>> Keyterms(string model, string? prompt)
    {
        // Before nova-3 they were called keywords, and weighted.
        var name = model.StartsWith("nova-3", StringComparison.Ordinal) || DeepgramModels.IsFlux(model) ? "keyterm" : "keywords";
        return Phrases.Of(prompt, MostKeyterms).Select(phrase => new KeyValuePair<string, string>(name, phrase));
    }

    private static IEnumerable<KeyValuePair<string, string>> Query(string model, TranscriptionOptions options) =>
    [
        new("model", model), new("language", options.Language), new("encoding", "linear16"), new("channels", "1"),
        new("sample_rate", options.SampleRate.ToString(CultureInfo.InvariantCulture)), new("interim_results", "true"), new("smart_format", "true"),
        // Ends of utterances are ours to find.
        new("endpointing", "false"),
        .. Keyterms(model, options.Prompt),
    ];

    private static IEnumerable<KeyValuePair<string, string>> FluxQuery(string model, TranscriptionOptions options) =>
    [
        new("model", model), new("encoding", "linear16"), new("sample_rate", options.SampleRate.ToString(CultureInfo.InvariantCulture)),
        .. model.EndsWith("-multi", StringComparison.Ordinal) ? [new("language_hint", options.Language.Split('-')[0])] : Array.Empty<KeyValuePair<string, string>>(),
        .. Keyterms(model, options.Prompt),
    ];
}
