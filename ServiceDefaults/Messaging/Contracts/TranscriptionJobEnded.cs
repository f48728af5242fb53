namespace Voice.ServiceDefaults.Messaging.Contracts;

/// <summary>A transcription job is over.</summary>
/// <param name="SessionId">The job.</param>
/// <param name="State"><c>completed</c>, <c>failed</c> or <c>cancelled</c>.</param>
/// <param name="AudioSeconds">What was transcribed, over all channels.</param>
public sealed record TranscriptionJobEnded(
    string SessionId, string OrganizationId, string State, string? ErrorCode, decimal AudioSeconds, DateTimeOffset CreatedAt, DateTimeOffset EndedAt) : ISessionMessage;
