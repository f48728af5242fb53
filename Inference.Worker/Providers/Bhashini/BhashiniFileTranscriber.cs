using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Voice.Core.Audio;
using Voice.Core.Providers;
using Voice.Inference.Transcription;

namespace Voice.Inference.Providers.Bhashini;

/// <summary>The task <c>asr</c>: text without times. Its models are made for utterances, so that recordings go in pieces.</summary>
internal sealed class BhashiniFileTranscriber(BhashiniAccount account) : IFileTranscriber
{
    private const double LongestPiece = 20;

    public static readonly IReadOnlyList<string> Languages =
        ["as", "bn", "brx", "doi", "en", "gom", "gu", "hi", "kn", "ks", "mai", "ml", "mni", "mr", "ne", "or", "pa", "sa", "sat", "sd", "ta", "te", "ur"];

    public async IAsyncEnumerable<TranscribedSegment> TranscribeAsync(
        WavAudio audio, FileTranscriptionOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var language = options.Language.Split('-')[0].ToLowerInvariant();
        if (!Languages.Contains(language))
        {
            throw new ProviderException("unsupported_language", $"{BhashiniAccount.Who} transcribes {string.Join(", ", Languages)}.");
        }

        foreach (var (offset, piece) in RecordingPieces.Of(audio, LongestPiece))
        {
            var config = new JsonObject { ["audioFormat"] = "wav", ["samplingRate"] = piece.SampleRate };
            var content = Convert.ToBase64String(WavWriter.Write(piece.Samples, piece.SampleRate));
            var input = new JsonObject { ["audio"] = new JsonArray(new JsonObject { ["audioContent"] = content }) };
            if (Parse(await account.RunAsync("asr", language, config, input, cancellationToken)) is { Length: > 0 } text)
            {
                yield return new(offset, offset + piece.Duration.TotalSeconds, text, null, []);
            }
        }
    }

    /// <summary><c>{"pipelineResponse":[{"taskType":"asr","output":[{"source":"…"}]}]}</c></summary>
    internal static string Parse(ReadOnlySpan<byte> answer)
    {
        var output = ProviderBody.Parse(answer, BhashiniHearingWire.Default.BhashiniTranscript, BhashiniAccount.Who).PipelineResponse?.FirstOrDefault()?.Output
            ?? throw ProviderBody.Unreadable(BhashiniAccount.Who);
        return string.Join(' ', output.Select(part => part?.Source?.Trim()).Where(part => !string.IsNullOrEmpty(part)));
    }
}

internal sealed record BhashiniTranscript(IReadOnlyList<BhashiniHeard?>? PipelineResponse);

internal sealed record BhashiniHeard(IReadOnlyList<BhashiniOutput?>? Output);

internal sealed record BhashiniOutput(string? Source);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BhashiniTranscript))]
internal sealed partial class BhashiniHearingWire : JsonSerializerContext;
