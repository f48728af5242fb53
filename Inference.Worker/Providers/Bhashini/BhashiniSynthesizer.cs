using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Voice.Core.Providers;
using Voice.Inference.Providers.Speech;

namespace Voice.Inference.Providers.Bhashini;

/// <summary>The task <c>tts</c>: a whole WAV file for each piece of text. It has no speed, and of voices a female and a male one for each language.</summary>
internal sealed class BhashiniSynthesizer(BhashiniAccount account, ProviderSettings settings) : ISpeechSynthesizer
{
    private const string Who = BhashiniAccount.Who;

    /// <summary>What is longer takes the models too long.</summary>
    private const int LongestPiece = 1_200;

    public static readonly IReadOnlyList<string> Languages = ["as", "bn", "brx", "en", "gu", "hi", "kn", "ml", "mni", "mr", "or", "pa", "raj", "ta", "te"];

    public static readonly IReadOnlyList<ProviderVoice> Voices = [new("female", "Female", Languages, "female"), new("male", "Male", Languages, "male")];

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> SynthesizeAsync(SpeechRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        SpeechLimits.Require(request, Who);
        var language = request.Language.Split('-')[0].ToLowerInvariant();
        if (!Languages.Contains(language))
        {
            throw new ProviderException("unsupported_language", $"{Who} speaks {string.Join(", ", Languages)}.");
        }

        var gender = request.Voice ?? settings.Voice ?? "female";
        if (gender is not ("female" or "male"))
        {
            throw new ProviderException("unsupported_value", $"{Who} has the voices female and male.");
        }

        foreach (var piece in TextPieces.Split(request.Text, LongestPiece))
        {
            var config = new JsonObject { ["gender"] = gender, ["samplingRate"] = ISpeechSynthesizer.SampleRate, ["audioFormat"] = "wav" };
            var input = new JsonObject { ["input"] = new JsonArray(new JsonObject { ["source"] = piece }) };
            var answer = await account.RunAsync("tts", language, config, input, cancellationToken);
            foreach (var block in WavSpeech.Blocks(Parse(answer), Who))
            {
                yield return block;
            }
        }
    }

    /// <summary>The answer's WAV file: <c>{"pipelineResponse":[{"taskType":"tts","audio":[{"audioContent":"…"}]}]}</c>.</summary>
    internal static byte[] Parse(ReadOnlySpan<byte> answer) =>
        ProviderBody.Parse(answer, BhashiniSpeechWire.Default.BhashiniSpeech, Who).PipelineResponse?.FirstOrDefault()?.Audio?.FirstOrDefault()?.AudioContent
        ?? throw ProviderBody.Unreadable(Who);
}

internal sealed record BhashiniSpeech(IReadOnlyList<BhashiniTask?>? PipelineResponse);

internal sealed record BhashiniTask(IReadOnlyList<BhashiniAudio?>? Audio);

internal sealed record BhashiniAudio(byte[]? AudioContent);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BhashiniSpeech))]
internal sealed partial class BhashiniSpeechWire : JsonSerializerContext;
