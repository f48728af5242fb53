using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using Voice.Core.Providers;
using Voice.Inference.Providers.Speech;
using Voice.Inference.Speech;

namespace Voice.Inference.Providers.OpenAi;

/// <summary><c>/audio/speech</c> of OpenAI, Azure OpenAI and the servers that speak like them, as <c>pcm</c>.</summary>
internal sealed class OpenAiSynthesizer(ProviderHttp http, OpenAiEndpoint endpoint, OpenAiSpeech speech, TimeProvider time) : ISpeechSynthesizer
{
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> SynthesizeAsync(SpeechRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var model = string.IsNullOrEmpty(request.Model) || request.Model == "default" ? speech.Model : endpoint.ModelOf(request.Model)!;
        SpeechLimits.Require(request, endpoint.Who, instructions: speech.Instructions && !model.StartsWith("tts-1", StringComparison.Ordinal));
        var body = new OpenAiSpeechRequest(
            model, request.Text, request.Voice ?? speech.Voice, "pcm", request.Speed, request.Instructions, speech.Events ? "sse" : null);
        using var message = endpoint.Post("audio/speech", model, JsonContent.Create(body, OpenAiSpeechJson.Default.OpenAiSpeechRequest));
        using var response = await http.SendAsync(message, endpoint.Who, endpoint.Timeout, cancellationToken);
        var blocks = speech.Events
            ? SpeechStreams.ReadEventsAsync(response, data => Parse(data, endpoint.Who), endpoint.Who, endpoint.Timeout, time, cancellationToken)
            : SpeechStreams.ReadAsync(response, endpoint.Who, endpoint.Timeout, time, cancellationToken);
        if (speech.SampleRate == ISpeechSynthesizer.SampleRate)
        {
            await foreach (var block in blocks)
            {
                yield return block;
            }

            yield break;
        }

        var output = new RateConverter();
        await foreach (var block in blocks)
        {
            if (output.Convert(block.Span, speech.SampleRate) is { IsEmpty: false } converted)
            {
                yield return converted;
            }
        }

        if (output.Flush() is { IsEmpty: false } rest)
        {
            yield return rest;
        }
    }

    /// <summary>The data of one event: <c>{"type":"speech.audio.delta","audio":"…"}</c>, <c>{"type":"speech.audio.done","usage":{…}}</c>, or an error.</summary>
    internal static SpeechFrame Parse(ReadOnlySpan<byte> data, string who)
    {
        var frame = ProviderBody.Parse(data, OpenAiSpeechJson.Default.OpenAiSpeechEvent, who);
        return frame switch
        {
            { Error: { } error } => SpeechFrame.Failed(StreamFailures.FromEvent(who, error.Type, error.Code, error.Message)),
            { Type: "error" } => SpeechFrame.Failed(StreamFailures.FromEvent(who, null, null, null)),
            { Type: "speech.audio.delta" } => SpeechFrame.Sound(frame.Audio),
            { Type: "speech.audio.done" } => SpeechFrame.End,
            _ => SpeechFrame.Other,
        };
    }
}

internal sealed record OpenAiSpeechRequest(
    string Model, string Input, string Voice, string ResponseFormat, double Speed, string? Instructions, string? StreamFormat);

internal sealed record OpenAiSpeechEvent(string? Type, ReadOnlyMemory<byte> Audio, OpenAiSpeechError? Error);

internal sealed record OpenAiSpeechError(string? Type, string? Code, string? Message);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OpenAiSpeechRequest))]
[JsonSerializable(typeof(OpenAiSpeechEvent))]
internal sealed partial class OpenAiSpeechJson : JsonSerializerContext;
