using Voice.Core.Audio;
using Voice.Core.Providers;
using Voice.Inference.Audio;
using Voice.Inference.Engines;

namespace Voice.Inference.TranscriptionJobs;

/// <summary>Why a job has failed, as its owner may read it.</summary>
/// <param name="Final">No repetition can help.</param>
internal sealed record JobFailure(string Code, string Message, bool Final)
{
    public static JobFailure Expired { get; } = new("job_expired", "The job was not done before it expired.", true);

    public static JobFailure From(Exception failure) => failure switch
    {
        AudioFormatException or WavFormatException => new("invalid_audio", failure.Message, true),
        SourceGoneException => new("source_gone", failure.Message, true),
        ModelNotFoundException => new("model_not_found", failure.Message, true),
        ProviderException { Code: "provider_rejected" or "unsupported_language" } provider => new(provider.Code, failure.Message, true),
        ProviderException provider => new(provider.Code, failure.Message, false),
        _ when EngineFailure.From(failure) is { } known => new(known.Code, known.Message, false),
        _ => new("internal_error", "The platform failed at this, also in repetitions.", false),
    };
}
