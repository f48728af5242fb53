using Microsoft.AspNetCore.Http.HttpResults;
using Voice.Core.Providers;
using Voice.Inference.Engines;
using Voice.Inference.Usage;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.OpenApi;
using Voice.ServiceDefaults.Usage;

namespace Voice.Inference.Speech;

/// <summary><c>POST /v1/audio/speech</c>, as OpenAI defines it, with a <c>language</c> and SSML besides. Compressed where ffmpeg is installed.</summary>
internal static class SpeechApi
{
    public const int MaxInput = 4_096;

    private const string RequestSchema =
        """
        {"type":"object","required":["input"],"properties":{
          "model":{"type":["string","null"]},
          "input":{"type":"string","minLength":1,"maxLength":4096},
          "voice":{"type":["string","object","null"],"description":"A name, or an object with an `id`."},
          "response_format":{"type":["string","null"],"enum":["mp3","opus","aac","flac","wav","pcm",null],"description":"mp3 by default; pcm where the server has no ffmpeg."},
          "speed":{"type":["number","null"],"minimum":0.25,"maximum":4},
          "stream_format":{"type":["string","null"],"enum":["audio","sse",null]},
          "instructions":{"type":["string","null"],"maxLength":4096,"description":"How to say it, for engines that can follow."},
          "input_format":{"type":["string","null"],"enum":["text","ssml",null],"description":"An extension: `ssml` where the input is a document that says how to speak, for engines that read it."},
          "language":{"type":["string","null"],"description":"An extension: a language tag, en by default."}}}
        """;

    public static void MapSpeechApi(this IEndpointRouteBuilder group) => group.MapPost("/audio/speech", SpeakAsync).WithTags("Speech").WithName("CreateSpeech").WithSummary("Speak a text")
            .WithDescription("Audio as it is made: MP3, Opus (Ogg), AAC, FLAC, WAV, or raw PCM of 24 kHz, 16 bit, mono; with `stream_format` sse, events with base64 audio.")
            .WithBody("application/json", RequestSchema)
            .WithErrors("invalid_value", "unsupported_value", "unsupported_format", "rate_limit_exceeded", "unsupported_language", "model_not_found", "provider_rejected", "provider_failed", "provider_unavailable")
            .WithRequestExample("""{"model":"default","input":"Good morning. How can I help you?","voice":"alloy","response_format":"wav"}""")
            .Produces(StatusCodes.Status200OK, contentType: "audio/wav", additionalContentTypes: ["audio/mpeg", "audio/ogg", "audio/aac", "audio/flac", "audio/pcm", "text/event-stream"]);

    private static async Task<Results<SpeechResult, ProblemHttpResult>> SpeakAsync(
        SpeechBody body,
        EngineCatalog engines,
        SpeechEncoder encoder,
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

        if (body.InputFormat is not (null or "text" or "ssml"))
        {
            return ApiError.Result(400, "invalid_value", "'input_format' must be text or ssml.", "input_format");
        }

        if (body.Instructions?.Length > MaxInput)
        {
            return ApiError.Result(400, "invalid_value", $"'instructions' must be text of at most {MaxInput} characters.", "instructions");
        }

        // OpenAI's default, where there is an encoder.
        var format = body.ResponseFormat is { } name ? SpeechFormat.Named(name) : encoder.IsInstalled ? SpeechFormat.Mp3 : SpeechFormat.Pcm;
        if (format is null || (format.Codec is not null && !encoder.IsInstalled))
        {
            return ApiError.Result(
                400, "unsupported_format",
                encoder.IsInstalled ? $"'response_format' must be one of {SpeechFormat.Names}." : "'response_format' must be pcm (24 kHz, 16 bit, mono) or wav: this server has no ffmpeg to compress with.", "response_format");
        }

        if (body.StreamFormat is not (null or "audio" or "sse"))
        {
            return ApiError.Result(400, "invalid_value", "'stream_format' must be audio or sse.", "stream_format");
        }

        var route = await engines.SpeechAsync(EngineAsk.Of(context, body.Model, body.Language), cancellationToken);
        var request = new SpeechRequest(body.Input, body.Language ?? "en", null, body.VoiceName, body.Speed ?? 1)
        {
            Instructions = string.IsNullOrWhiteSpace(body.Instructions) ? null : body.Instructions,
            IsSsml = body.InputFormat == "ssml",
        };
        UsageMeter.Of(context)?.Add(UsageKinds.Characters, body.Input.Length);
        var speech = route.Engine.SynthesizeAsync(request, cancellationToken);
        return await SpeechResult.CreateAsync(
            route.Label, format.Codec is null ? speech : encoder.EncodeAsync(speech, format, cancellationToken), format, body.StreamFormat == "sse", time, cancellationToken);
    }
}
