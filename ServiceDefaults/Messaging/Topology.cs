namespace Voice;

/// <summary>Topic names that the app model, the transports and the services must agree on.</summary>
public static class Topics
{
    public const string SessionEvents = "session-events";
}

/// <summary>Subscriptions to <see cref="Topics.SessionEvents"/>, one per consuming service or kind of work.</summary>
public static class Subscriptions
{
    public const string Safety = "safety";
    public const string Export = "export";
    public const string Usage = "usage";
    public const string TranscriptionJobs = "transcription-jobs";

    public static readonly IReadOnlyList<string> All = [Safety, Export, Usage, TranscriptionJobs];

    /// <summary>Those that hear what happened; the others are queues of work.</summary>
    public static readonly IReadOnlyList<string> Events = [Safety, Export, Usage];

    /// <summary>Types of messages that are work, and who does it.</summary>
    internal static readonly IReadOnlyDictionary<string, string> Work = new Dictionary<string, string> { ["TranscriptionWork"] = TranscriptionJobs };

    /// <summary>Work is for who does it and nobody else. Null for events.</summary>
    /// <param name="type">Of a message, as it travels.</param>
    public static string? OfWork(string type) => Work.GetValueOrDefault(type);
}

/// <summary>Blob containers.</summary>
public static class BlobContainers
{
    public const string Recordings = "recordings";
    public const string Transcripts = "transcripts";
    public const string Exports = "exports";
    public const string Logs = "logs";

    /// <summary>Model files, by checksum.</summary>
    public const string Models = "models";

    /// <summary>What clients have uploaded: <c>{organization}/{upload}</c>.</summary>
    public const string Uploads = "uploads";

    /// <summary>Audio and results of transcription jobs: <c>{organization}/{job}/…</c>.</summary>
    public const string Jobs = "jobs";

    /// <summary>Audio and large outputs of pipelines: <c>{organization}/…</c>.</summary>
    public const string Pipelines = "pipelines";

    public static readonly IReadOnlyList<string> All = [Recordings, Transcripts, Exports, Logs, Models, Uploads, Jobs, Pipelines];
}
