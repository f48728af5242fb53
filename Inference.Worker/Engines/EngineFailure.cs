using Voice.Core.Audio;
using Voice.Core.Providers;
using Voice.Inference.Audio;
using Voice.Inference.Processes;

namespace Voice.Inference.Engines;

/// <summary>An engine's exception in the terms of a protocol error; messages are safe to show.</summary>
internal sealed record EngineFailure(int Status, string Code, string Message, string? Param = null, TimeSpan? RetryAfter = null)
{
    /// <summary>Null for what nobody expected: that is a 500 and belongs in the log.</summary>
    public static EngineFailure? From(Exception failure) => failure switch
    {
        ModelNotFoundException => new(StatusCodes.Status404NotFound, "model_not_found", failure.Message, "model"),
        FieldException field => new(StatusCodes.Status400BadRequest, field.Code, field.Message, field.Param),
        EngineSaturatedException saturated => new(StatusCodes.Status429TooManyRequests, "rate_limit_exceeded", failure.Message, RetryAfter: saturated.RetryAfter),
        WavFormatException or AudioFormatException => new(StatusCodes.Status400BadRequest, "invalid_audio", failure.Message, "file"),
        ProviderException { Code: "unsupported_language" } => new(StatusCodes.Status400BadRequest, "unsupported_language", failure.Message, "language"),
        ProviderException { Code: "unsupported_value" } => new(StatusCodes.Status400BadRequest, "unsupported_value", failure.Message),
        ProviderException { Code: "provider_rejected" } => new(StatusCodes.Status400BadRequest, "provider_rejected", failure.Message),
        ProviderException { Code: "provider_busy" } full => new(StatusCodes.Status429TooManyRequests, "rate_limit_exceeded", failure.Message, RetryAfter: full.RetryAfter),
        ProviderException { Code: "provider_unavailable" } busy => new(StatusCodes.Status503ServiceUnavailable, "provider_unavailable", failure.Message, RetryAfter: busy.RetryAfter),
        ProviderException provider => new(StatusCodes.Status502BadGateway, provider.Code, failure.Message),
        _ => null,
    };
}
