using Microsoft.AspNetCore.Http.HttpResults;
using Voice.Core.Providers;
using Voice.Inference.Engines;
using Voice.Inference.Usage;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.OpenApi;
using Voice.ServiceDefaults.Usage;

namespace Voice.Inference.Speech;

/// <summary><c>POST /v1/audio/speech</c>, as OpenAI defines it; <c>pcm</c> and <c>wav</c> only, and an extra <c>language</c>.</summary>
internal static class SpeechApi
{
    public const int MaxInput = 4_096;

    private const string RequestSchema =
        """
        {"type":"object","required":["input"],"properties":{
          "model":{"type":["string","null"]},
          "input":{"type":"string","minLength":1,"maxLength":4096},
          "voice":{"type":["string","object","null"],"description":"A name, or an object with an `id`."},
          "response_format":{"type":["string","null"],"enum":["wav","pcm",null],"default":"pcm"},
          "speed":{"type":["number","null"],"minimum":0.25,"maximum":4},
          "stream_format":{"type":["string","null"],"enum":["audio","sse",null]},
          "language":{"type":["string","null"],"description":"An extension: a language tag, en by default."}}}
        """;

    public static void MapSpeechApi(this IEndpointRouteBuilder group) => group.MapPost("/audio/speech", SpeakAsync).WithTags("Speech").WithName("CreateSpeech").WithSummary("Speak a text")
            .WithDescription("Audio as it is made: WAV, or raw PCM of 24 kHz, 16 bit, mono; with `stream_format` sse, events with base64 audio.")
            .WithBody("application/json", RequestSchema)
            .WithErrors("invalid_value", "unsupported_format", "unsupported_language", "model_not_found", "provider_rejected", "provider_failed", "provider_unavailable")
            .WithRequestExample("""{"model":"default","input":"Good morning. How can I help you?","voice":"alloy","response_format":"wav"}""")
            .Produces(StatusCodes.Status200OK, contentType: "audio/wav", additionalContentTypes: ["audio/pcm", "text/event-stream"]);

    private static async Task<Results<SpeechResult, ProblemHttpResult>> SpeakAsync(
        SpeechBody body,
        EngineCatalog engines,
        HttpContext context,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(body.Input) || body.Input.Length > MaxInput)
        {
            return ApiError.Result(400, "invalid_value", $"'input' is required: text of at most {MaxInput} characters.", "input");
        }

        if (body.Speed is < 0.25 or > 4 or double.NaN)
        {
            return ApiError.Result(400, "invalid_value", "'speed' must be between 0.25 and 4.", "speed");
        }

        // OpenAI's default is mp3; there is no encoder here, so who wants compressed audio must say so and is told.
        if (body.ResponseFormat is not (null or "pcm" or "wav"))
        {
            return ApiError.Result(400, "unsupported_format", "'response_format' must be pcm (24 kHz, 16 bit, mono) or wav.", "response_format");
        }

        if (body.StreamFormat is not (null or "audio" or "sse"))
        {
            return ApiError.Result(400, "invalid_value", "'stream_format' must be audio or sse.", "stream_format");
        }

        var route = await engines.SpeechAsync(EngineAsk.Of(context, body.Model, body.Language), cancellationToken);
        var request = new SpeechRequest(body.Input, body.Language ?? "en", null, body.VoiceName, body.Speed ?? 1);
        UsageMeter.Of(context)?.Add(UsageKinds.Characters, body.Input.Length);
        return await SpeechResult.CreateAsync(route, request, body.ResponseFormat == "wav", body.StreamFormat == "sse", time, cancellationToken);
    }
}
