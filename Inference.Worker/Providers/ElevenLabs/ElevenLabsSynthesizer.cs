using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using Voice.Core.Providers;
using Voice.Inference.Providers.Speech;

namespace Voice.Inference.Providers.ElevenLabs;

/// <summary>
/// ElevenLabs over its HTTP stream: the text is here as a whole, so that the WebSocket, which waits for enough text before it speaks, has nothing to
/// offer.
/// </summary>
internal sealed class ElevenLabsSynthesizer(ElevenLabsAccount account, ProviderSettings settings) : ISpeechSynthesizer
{
    private const double Slowest = 0.7;
    private const double Fastest = 1.2;

    /// <summary>Of the flash and turbo models of version 2.5; others speak some more.</summary>
    public static readonly IReadOnlyList<string> Languages =
    [
        "ar", "bg", "cs", "da", "de", "el", "en", "es", "fi", "fil", "fr", "hi", "hr", "hu", "id", "it", "ja", "ko", "ms", "nb", "nl", "pl", "pt", "ro", "ru",
        "sk", "sv", "ta", "tr", "uk", "vi", "zh",
    ];

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> SynthesizeAsync(SpeechRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        SpeechLimits.Require(request, ElevenLabsAccount.Who);
        var model = request.Model is { } asked ? settings.Models.GetValueOrDefault(asked, asked) : settings.Model ?? ElevenLabsKind.DefaultModel;
        var body = new Body(
            request.Text,
            model,
            // Models that find the language out by themselves refuse to be told.
            model.Contains("v2_5", StringComparison.Ordinal) || model.Contains("v3", StringComparison.Ordinal) ? request.Language.Split('-')[0] : null,
            request.Speed == 1 ? null : new VoiceSettings(Math.Clamp(request.Speed, Slowest, Fastest)));
        var path = $"v1/text-to-speech/{SpeechLimits.InAddress(request.Voice ?? settings.Voice!, ElevenLabsAccount.Who)}/stream?output_format=pcm_24000";
        using var content = JsonContent.Create(body, ElevenLabsJson.Default.Body);
        using var response = await account.SendAsync(HttpMethod.Post, path, content, cancellationToken);
        await foreach (var block in SpeechStreams.ReadAsync(response, ElevenLabsAccount.Who, settings.Timeout, account.Time, cancellationToken))
        {
            yield return block;
        }
    }

    internal sealed record Body(string Text, string ModelId, string? LanguageCode, VoiceSettings? VoiceSettings);

    internal sealed record VoiceSettings(double Speed);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ElevenLabsSynthesizer.Body))]
internal sealed partial class ElevenLabsJson : JsonSerializerContext;
