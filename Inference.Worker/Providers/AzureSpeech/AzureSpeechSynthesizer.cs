using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text;
using Voice.Core.Providers;
using Voice.Inference.Providers.Sockets;
using Voice.Inference.Providers.Speech;

namespace Voice.Inference.Providers.AzureSpeech;

/// <summary>Azure Speech over its WebSocket, where audio begins with the first words, or where <c>Options:Transport</c> is <c>rest</c> over REST.</summary>
internal sealed class AzureSpeechSynthesizer(AzureSynthesisAccount account, ProviderSettings settings) : ISpeechSynthesizer
{
    public const string Transport = "Transport";
    public const string Rest = "rest";

    private const string Who = AzureSynthesisAccount.Who;
    private const string Format = "raw-24khz-16bit-mono-pcm";
    private const double Slowest = 0.5;
    private const double Fastest = 2;

    private const string Config = """{"context":{"system":{"name":"VoiceAspire","version":"1.0.0","build":"NET","lang":"C#"},"os":{"platform":"Linux","name":"Linux","version":"1"}}}""";

    private const string Context =
        $$$$"""
        {"synthesis":{"audio":{"metadataOptions":{"bookmarkEnabled":false,"punctuationBoundaryEnabled":false,"sentenceBoundaryEnabled":false,"sessionEndEnabled":false,"visemeEnabled":false,"wordBoundaryEnabled":false},"outputFormat":"{{{{Format}}}}"},"language":{"autoDetection":false}}}
        """;

    private readonly WarmSockets _sockets = new(cancellationToken => ConnectAsync(account, cancellationToken), account.Time);

    public IAsyncEnumerable<ReadOnlyMemory<byte>> SynthesizeAsync(SpeechRequest request, CancellationToken cancellationToken) =>
        settings.Options.GetValueOrDefault(Transport) == Rest ? PostAsync(request, cancellationToken) : TalkAsync(request, cancellationToken);

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> PostAsync(SpeechRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Document(request)));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/ssml+xml");
        using var message = new HttpRequestMessage(HttpMethod.Post, account.SpeechAddress("cognitiveservices/v1")) { Content = content };
        message.Headers.Add("X-Microsoft-OutputFormat", Format);
        using var response = await account.SendAsync(message, cancellationToken);
        await foreach (var block in SpeechStreams.ReadAsync(response, Who, account.Limit, account.Time, cancellationToken))
        {
            yield return block;
        }
    }

    private IAsyncEnumerable<ReadOnlyMemory<byte>> TalkAsync(SpeechRequest request, CancellationToken cancellationToken)
    {
        var document = Document(request);
        var id = AzureSpeechMessage.NewId();
        return _sockets.TalkAsync(
            AskAsync, socket => SpeechStreams.ReadAsync(socket, message => Parse(message, id), Closed, Who, cancellationToken), cancellationToken);

        async ValueTask AskAsync(ProviderSocket socket, bool isNew)
        {
            if (isNew)
            {
                await SendAsync(socket, "speech.config", "application/json", Config);
            }

            await SendAsync(socket, "synthesis.context", "application/json", Context);
            await SendAsync(socket, "ssml", "application/ssml+xml", document);
        }

        ValueTask SendAsync(ProviderSocket socket, string path, string type, string body) =>
            socket.SendTextAsync(AzureSpeechMessage.WriteText(path, id, type, body, account.Time), cancellationToken);
    }

    private static Task<ProviderSocket> ConnectAsync(AzureSynthesisAccount account, CancellationToken cancellationToken)
    {
        KeyValuePair<string, string>[] headers = [.. account.Headers, new("X-ConnectionId", AzureSpeechMessage.NewId())];
        return ProviderSocket.ConnectAsync(account.SpeechAddress("tts/cognitiveservices/websocket/v1"), headers, Who, account.Limit, account.Time, cancellationToken);
    }

    /// <summary>One message of the turn <paramref name="id"/>; those of others are nothing to it.</summary>
    internal static SpeechFrame Parse(SocketMessage message, string id)
    {
        var frame = AzureSpeechMessage.Parse(message);
        return frame.Is("audio", id) && !message.IsText ? SpeechFrame.Sound(frame.Body) : frame.Is("turn.end", id) ? SpeechFrame.End : SpeechFrame.Other;
    }

    // 1007 is what it says to SSML and voices that it does not take; its reason names them.
    private static ProviderException? Closed(ProviderSocket socket) => socket.CloseStatus switch
    {
        WebSocketCloseStatus.InvalidPayloadData => ProviderHttp.Refusal(Who, System.Net.HttpStatusCode.BadRequest, socket.CloseReason),
        (WebSocketCloseStatus)4429 => ProviderHttp.Refusal(Who, System.Net.HttpStatusCode.TooManyRequests),
        _ => null,
    };

    private string Document(SpeechRequest request)
    {
        SpeechLimits.Require(request, Who, ssml: true);
        var locale = AzureVoices.Locale(request.Language);
        var voice = request.Voice
            ?? (settings.Voice is { } usual && AzureVoices.Speaks(usual, request.Language) ? usual : AzureVoices.Default(request.Language))
            ?? throw new ProviderException("unsupported_language", $"{Who} speaks no such language; name a voice to try nevertheless.");
        return request.IsSsml
            ? Ssml.Complete(request.Text, locale ?? request.Language, voice)
            : Ssml.FromText(request.Text, locale ?? request.Language, voice, Math.Clamp(request.Speed, Slowest, Fastest));
    }
}
