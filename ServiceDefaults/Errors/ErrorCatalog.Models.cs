namespace Voice.ServiceDefaults.Errors;

/// <summary>Speech, chat and translation, under <c>/v1</c>.</summary>
public static partial class ErrorCatalog
{
    private static ErrorType[] Models =>
    [
        new("invalid_audio", 400, "The audio cannot be read", "The detail says what is wrong with it and where, and names the formats that are read."),
        new("invalid_content_type", 400, "The content type is not taken", "Send multipart/form-data."),
        new("invalid_form", 400, "The form cannot be read", "It is damaged or ends too early."),
        new("missing_file", 400, "The audio is missing", "Add a 'file' part with the audio to the form."),
        new("model_not_found", 404, "There is no such model", "GET /v1/models lists them."),
        new("provider_failed", 502, "The provider of the model failed", "Try again, or use another model."),
        new("name_taken", 409, "The name is taken", "Take another."),
        new("provider_not_found", 404, "There is no such provider", "GET /api/v1/providers lists them; only those of your organization can be changed."),
        new("providers_unavailable", 503, "Providers cannot be kept", "Tell whoever runs the installation: the worker has no database."),
        new("too_many_providers", 409, "There are as many providers as may be", "Remove one."),
        new("provider_rejected", 400, "The provider of the model refused the request", "The detail says why."),
        new("provider_unavailable", 503, "The provider of the model is not available", "Try again after the time in Retry-After."),
        new("rate_limit_exceeded", 429, "The rate limit is reached", "Wait for the time in Retry-After; the RateLimit headers say how much is left."),
        new("unsupported_format", 400, "The format is not supported", "The detail names those that are."),
        new("unsupported_language", 400, "The language is not supported", "The detail names those that are."),
        new("unsupported_value", 400, "The value is not supported by this model", "The detail says what is."),
        new("voice_not_found", 404, "There is no such voice", "GET /api/v1/voices lists them."),
    ];
}
