namespace Voice.ServiceDefaults.Errors;

/// <summary>Agents, sessions, and what conversations leave behind.</summary>
public static partial class ErrorCatalog
{
    private static ErrorType[] Conversations =>
    [
        new("agent_not_found", 404, "There is no such agent", "GET /api/v1/agents lists those of your organization."),
        new("agent_required", 400, "An agent must be named", "Name one by id or name; GET /api/v1/agents lists those you have."),
        new("agent_version_not_found", 404, "The agent has no such version", "Its versions count from 1 to the one that GET /api/v1/agents/{id} shows."),
        new("cannot_update_voice", 400, "The voice cannot be changed any more", "Set it before the first audio is spoken."),
        new("invalid_json", 400, "The body is not JSON", "Send a JSON object."),
        new("missing_required_parameter", 400, "A required field is missing", "param names it."),
        new("not_supported", 400, "Not supported here", "The detail says what to use instead."),
        new("recording_not_found", 404, "There is no recording", "The session was not recorded, or its recording was deleted."),
        new("session_log_incomplete", 409, "The session's log is not complete", "It cannot be held again; sessions that ended in good order can."),
        new("session_log_not_found", 404, "There is no log of the session", "It was not kept, or was deleted."),
        new("session_not_found", 404, "There is no such session", "GET /api/v1/sessions lists those of your organization."),
        new("transcript_not_found", 404, "There is no transcript", "It is written when the conversation ends."),
        new("unknown_parameter", 400, "A field is not known", "param names it; see the API reference for those there are."),
        new("unsupported_audio_format", 400, "The audio format is not supported", "The detail names those that are."),
    ];
}
