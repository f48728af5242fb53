namespace Voice.Inference.TranscriptionJobs;

/// <summary>A row of <c>inference.transcription_jobs</c>.</summary>
internal sealed record JobRow
{
    public const string Columns = """
        id, organization_id, created_by, state, upload_id, session_id, model, language, prompt, word_times, by_channel, response_format, webhook_url, webhook_secret,
        channels, duration_seconds, parts_total, parts_done, seconds_done, error_code, error_message, metered, reserved, created_at, started_at, ended_at, expires_at
        """;

    public required string Id { get; init; }

    public required string OrganizationId { get; init; }

    public required string CreatedBy { get; init; }

    public string State { get; init; } = JobStates.Queued;

    public string? UploadId { get; init; }

    public string? SessionId { get; init; }

    public string? Model { get; init; }

    public required string Language { get; init; }

    public string? Prompt { get; init; }

    public bool WordTimes { get; init; }

    public bool ByChannel { get; init; }

    public required string ResponseFormat { get; init; }

    public string? WebhookUrl { get; init; }

    /// <summary>Sealed.</summary>
    public byte[]? WebhookSecret { get; init; }

    public int Channels { get; init; }

    public double? DurationSeconds { get; init; }

    /// <summary>Null until the audio is split.</summary>
    public int? PartsTotal { get; init; }

    public int PartsDone { get; init; }

    /// <summary>Of the parts that are done, over all channels: what has been used.</summary>
    public double SecondsDone { get; init; }

    public string? ErrorCode { get; init; }

    public string? ErrorMessage { get; init; }

    /// <summary>Whether what it uses is counted: not where it is part of something that is.</summary>
    public bool Metered { get; init; }

    public long Reserved { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    public bool IsEnded => JobStates.IsEnded(State);

    /// <summary>Everything that a job keeps in Blob Storage is below this.</summary>
    public string Folder => $"{OrganizationId}/{Id}/";

    public string ResultBlob => $"{Folder}result.json";

    public string AudioBlob(int channel) => $"{Folder}audio-{channel}.pcm";
}
