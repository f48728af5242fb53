using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Voice.Core.Providers;
using Voice.Inference.Providers.Sockets;
using Voice.Inference.Providers.Speech;

namespace Voice.Inference.Providers.Deepgram;

/// <summary>Deepgram's <c>v1/speak</c> over its WebSocket. A voice is a model of its own and speaks one language.</summary>
internal sealed class DeepgramSynthesizer(DeepgramAccount account, ProviderSettings settings, TimeProvider time) : ISpeechSynthesizer
{
    private const string Who = DeepgramAccount.Who;

    /// <summary>Of one message, in bytes; the service takes 2,000 characters.</summary>
    private const int LongestPiece = 1_900;

    private const double Slowest = 0.7;
    private const double Fastest = 1.5;

    private static readonly Dictionary<string, string> Defaults = new(StringComparer.OrdinalIgnoreCase)
    {
        ["en"] = "aura-2-thalia-en",
        ["es"] = "aura-2-celeste-es",
        ["de"] = "aura-2-viktoria-de",
        ["fr"] = "aura-2-agathe-fr",
        ["it"] = "aura-2-livia-it",
        ["nl"] = "aura-2-rhea-nl",
        ["ja"] = "aura-2-fujin-ja",
    };

    private static readonly byte[] Flush = """{"type":"Flush"}"""u8.ToArray();
    private static readonly byte[] Close = """{"type":"Close"}"""u8.ToArray();

    public static IReadOnlyList<string> Languages { get; } = [.. Defaults.Keys];

    public static IReadOnlyList<string> Models { get; } = [.. Defaults.Values];

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> SynthesizeAsync(SpeechRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        SpeechLimits.Require(request, Who);
        List<KeyValuePair<string, string>> query = [new("model", VoiceOf(request)), new("encoding", "linear16"), new("sample_rate", $"{ISpeechSynthesizer.SampleRate}")];
        if (request.Speed != 1)
        {
            query.Add(new("speed", Math.Clamp(request.Speed, Slowest, Fastest).ToString("0.##", CultureInfo.InvariantCulture)));
        }

        var address = account.Address("v1/speak", query);
        await using var socket = await ProviderSocket.ConnectAsync(address, [account.Authorization], Who, account.Timeout, time, cancellationToken);
        foreach (var piece in TextPieces.Split(request.Text, LongestPiece))
        {
            await socket.SendTextAsync(JsonSerializer.SerializeToUtf8Bytes(new DeepgramSpeak("Speak", piece), DeepgramSpeechWire.Default.DeepgramSpeak), cancellationToken);
        }

        await socket.SendTextAsync(Flush, cancellationToken);
        await foreach (var block in SpeechStreams.ReadAsync(socket, Parse, Closed, Who, cancellationToken))
        {
            yield return block;
        }

        await socket.SendTextAsync(Close, cancellationToken);
        await socket.CloseAsync();
    }

    /// <summary>Audio is binary; <c>{"type":"Flushed","sequence_id":0}</c> says that all of it has come.</summary>
    internal static SpeechFrame Parse(SocketMessage message)
    {
        if (!message.IsText)
        {
            return SpeechFrame.Sound(message.Payload);
        }

        var frame = ProviderBody.Parse(message.Payload.Span, DeepgramSpeechWire.Default.DeepgramSpoken, Who);
        return frame.Type switch
        {
            "Flushed" => SpeechFrame.End,
            "Error" => SpeechFrame.Failed(new ProviderException("provider_failed", $"{Who} failed while it spoke.")),
            _ => SpeechFrame.Other,
        };
    }

    /// <summary><c>{"tts":[{"canonical_name":"aura-2-thalia-en","name":"thalia","languages":["en","en-US"],"metadata":{"tags":["feminine"]}}]}</c></summary>
    internal static IReadOnlyList<ProviderVoice> ParseVoices(JsonElement list)
    {
        var voices = new List<ProviderVoice>();
        foreach (var voice in VoiceLists.Items(list, "tts"))
        {
            if (VoiceLists.Text(voice, "canonical_name") is not { } id)
            {
                continue;
            }

            var languages = VoiceLists.Items(voice, "languages").Select(VoiceLists.Text).OfType<string>().ToList();
            var tags = voice.TryGetProperty("metadata", out var metadata) ? VoiceLists.Items(metadata, "tags").Select(VoiceLists.Text) : [];
            voices.Add(new ProviderVoice(
                id,
                VoiceLists.Text(voice, "name") ?? id,
                // The whole tag first, where both are there.
                languages.Count > 0 ? [.. languages.OrderByDescending(language => language.Length)] : [id[(id.LastIndexOf('-') + 1)..]],
                tags.Select(VoiceLists.Gender).FirstOrDefault(gender => gender is not null)));
        }

        return voices;
    }

    public static async Task<IReadOnlyList<ProviderVoice>> ListVoicesAsync(DeepgramAccount account, ProviderHttp http, TimeProvider time, CancellationToken cancellationToken)
    {
        using var request = account.Request(HttpMethod.Get, account.Address("v1/models", []));
        using var list = await VoiceLists.FetchAsync(http, request, Who, account.Timeout, time, cancellationToken);
        return ParseVoices(list.RootElement);
    }

    private string VoiceOf(SpeechRequest request)
    {
        if ((request.Voice ?? request.Model) is { } asked)
        {
            return settings.Models.GetValueOrDefault(asked, asked);
        }

        var language = request.Language.Split('-')[0];
        return settings.Voice is { } usual && usual.EndsWith($"-{language}", StringComparison.OrdinalIgnoreCase)
            ? usual
            : Defaults.GetValueOrDefault(language)
                ?? throw new ProviderException("unsupported_language", $"{Who} speaks {string.Join(", ", Defaults.Keys)}; name a voice to try another language.");
    }

    private static ProviderException? Closed(ProviderSocket socket) => socket.CloseStatus switch
    {
        WebSocketCloseStatus.PolicyViolation => ProviderHttp.Refusal(Who, HttpStatusCode.BadRequest, socket.CloseReason),
        _ => null,
    };
}

internal sealed record DeepgramSpeak(string Type, string Text);

internal sealed record DeepgramSpoken(string? Type);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(DeepgramSpeak))]
[JsonSerializable(typeof(DeepgramSpoken))]
internal sealed partial class DeepgramSpeechWire : JsonSerializerContext;
