namespace Voice.ServiceDefaults.Errors;

/// <summary>What any address may answer.</summary>
public static partial class ErrorCatalog
{
    private static ErrorType[] General =>
    [
        new("database_unavailable", 503, "The database is away", "Try again after the time in Retry-After."),
        new("idempotency_answer_lost", 409, "Done before, the answer is lost", "The request was executed. Look whether what you wanted is there; use a new key for anything new."),
        new("idempotency_in_progress", 409, "The first request is still being worked on", "Send the request again after the time in Retry-After, with the same Idempotency-Key."),
        new("idempotency_key_reused", 422, "The Idempotency-Key came with another request", "Use a new key for each thing you want done once."),
        new("internal_error", 500, "The platform failed", "It is not your request's fault. Report the request id; a repetition may succeed."),
        new("invalid_cursor", 400, "The cursor is not of this list", "Take next_cursor of the page before, unchanged, or begin without a cursor."),
        new("invalid_idempotency_key", 400, "The Idempotency-Key cannot be one", "Send 1 to 255 visible ASCII characters; a UUID is a good key."),
        new("invalid_limit", 400, "The limit is out of bounds", "Ask for 1 to 100."),
        new("invalid_request", 400, "The request cannot be read", "The detail, and param where there is one, say what is missing or malformed."),
        new("invalid_value", 400, "A value cannot be used", "param names the field, the detail what it may be."),
        new("method_not_allowed", 405, "The address does not take this method", "See the API reference for the methods of this address."),
        new("not_found", 404, "Nothing is at this address", "Check the address; what belongs to another organization does not exist either."),
        new("payload_too_large", 413, "The body is too large", "The detail says how much this address takes."),
        new("rate_limited", 429, "Too many requests", "Wait for the time in Retry-After."),
        new("too_many_sessions", 429, "Too many conversations at the same time", "End one, or wait for the time in Retry-After."),
        new("insufficient_quota", 429, "The month's quota is used up", "Ask whoever runs the installation for more, or wait until the month is over."),
        new("usage_unavailable", 503, "Usage cannot be counted", "Tell whoever runs the installation: the worker has no database."),
        new("invalid_limits", 400, "The limits make no sense", "The detail says what is wrong with them."),
        new("api_key_not_found", 404, "There is no such API key", "It may be another organization's, or gone."),
        new("invalid_range", 400, "The range of days makes no sense", "Give from and to as days, from not after to, and at most 93 days."),
        new("invalid_kind", 400, "There is no such kind of usage", "Take audio_seconds, characters, tokens or sessions."),
        new("request_refused", 400, "The request was refused", "The status says why."),
        new("service_timeout", 504, "A service did not answer in time", "Try again; use an Idempotency-Key where the request creates something."),
        new("service_unavailable", 503, "A service cannot be reached", "Try again in a moment."),
        new("unknown_route", 404, "There is no such address in the API", "Check the path and the method against the API reference."),
        new("unknown_version", 404, "There is no such version of the API", "Use /api/v1, or /v1 with OpenAI's clients."),
        new("unsupported_media_type", 415, "The content type is not taken", "Send application/json, or what the API reference names."),
        new("version_mismatch", 412, "It was changed in between", "Read it again, and send the new ETag as If-Match."),
        new("version_required", 428, "The version is missing", "Read it first, and send its ETag as If-Match."),
        new("websocket_required", 426, "The address speaks WebSocket", "Connect with ws:// or wss://."),
    ];
}
