using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Voice.Core.Providers;
using Voice.Inference.Providers.Sockets;
using Voice.Inference.Providers.Speech;

namespace Voice.Inference.Providers.Cartesia;

/// <summary>Cartesia over its WebSocket, each request a context of its own, or where <c>Options:Transport</c> is <c>bytes</c> over HTTP.</summary>
internal sealed class CartesiaSynthesizer(CartesiaAccount account, ProviderSettings settings) : ISpeechSynthesizer
{
    public const string Transport = "Transport";
    public const string Bytes = "bytes";

    private const string Who = CartesiaAccount.Who;
    private const double Slowest = 0.6;
    private const double Fastest = 1.5;

    public static readonly IReadOnlyList<string> Languages =
    [
        "ar", "bg", "bn", "cs", "da", "de", "el", "en", "es", "fi", "fr", "gu", "he", "hi", "hr", "hu", "id", "it", "ja", "ka", "kn", "ko", "ml", "mr", "ms",
        "nl", "no", "pa", "pl", "pt", "ro", "ru", "sk", "sv", "ta", "te", "th", "tl", "tr", "uk", "vi", "zh",
    ];

    private static readonly CartesiaFormat Pcm = new("raw", "pcm_s16le", ISpeechSynthesizer.SampleRate);

    private readonly WarmSockets _sockets = new(
        cancellationToken => ProviderSocket.ConnectAsync(account.Address("tts/websocket"), account.Headers, Who, account.Limit, account.Time, cancellationToken), account.Time);

    public IAsyncEnumerable<ReadOnlyMemory<byte>> SynthesizeAsync(SpeechRequest request, CancellationToken cancellationToken) =>
        settings.Options.GetValueOrDefault(Transport) == Bytes ? PostAsync(request, cancellationToken) : TalkAsync(request, cancellationToken);

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> PostAsync(SpeechRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var content = JsonContent.Create(Request(request, null), CartesiaJson.Default.CartesiaRequest);
        using var response = await account.SendAsync(HttpMethod.Post, "tts/bytes", content, cancellationToken);
        await foreach (var block in SpeechStreams.ReadAsync(response, Who, account.Limit, account.Time, cancellationToken))
        {
            yield return block;
        }
    }

    // Who leaves in the middle cuts the connection, and with it the context.
    private IAsyncEnumerable<ReadOnlyMemory<byte>> TalkAsync(SpeechRequest request, CancellationToken cancellationToken)
    {
        var context = Guid.NewGuid().ToString();
        var message = JsonSerializer.SerializeToUtf8Bytes(Request(request, context), CartesiaJson.Default.CartesiaRequest);
        return _sockets.TalkAsync(
            (socket, _) => socket.SendTextAsync(message, cancellationToken),
            socket => SpeechStreams.ReadAsync(socket, received => Parse(received, context), _ => null, Who, cancellationToken),
            cancellationToken);
    }

    /// <summary>One message for <paramref name="context"/>; those for others are nothing to it.</summary>
    internal static SpeechFrame Parse(SocketMessage message, string context)
    {
        var frame = message.IsText ? ProviderBody.Parse(message.Payload.Span, CartesiaJson.Default.CartesiaMessage, Who) : throw ProviderBody.Unreadable(Who);
        if (frame.ContextId is { } id && id != context)
        {
            return SpeechFrame.Other;
        }

        return frame.Type switch
        {
            "chunk" => SpeechFrame.Sound(frame.Data),
            "done" => SpeechFrame.End,
            "error" => SpeechFrame.Failed(ProviderHttp.Refusal(Who, (HttpStatusCode)(frame.StatusCode ?? 500), frame.Message ?? frame.Title)),
            _ => SpeechFrame.Other,
        };
    }

    private CartesiaRequest Request(SpeechRequest request, string? context)
    {
        SpeechLimits.Require(request, Who);
        var model = request.Model is { } asked ? settings.Models.GetValueOrDefault(asked, asked) : settings.Model ?? CartesiaKind.DefaultModel;
        return new CartesiaRequest(
            context,
            model,
            request.Text,
            new CartesiaVoice(request.Voice ?? settings.Voice!),
            Pcm,
            request.Language.Split('-')[0].ToLowerInvariant(),
            request.Speed == 1 ? null : new CartesiaManner(Math.Clamp(request.Speed, Slowest, Fastest)));
    }
}
