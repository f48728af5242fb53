namespace Voice;

/// <summary>Topic names that the app model, the transports and the services must agree on.</summary>
public static class Topics
{
    public const string SessionEvents = "session-events";
}

/// <summary>Subscriptions to <see cref="Topics.SessionEvents"/>, one per consuming service.</summary>
public static class Subscriptions
{
    public const string Safety = "safety";
    public const string Export = "export";
    public const string Usage = "usage";

    public static readonly IReadOnlyList<string> All = [Safety, Export, Usage];
}

/// <summary>Blob containers.</summary>
public static class BlobContainers
{
    public const string Recordings = "recordings";
    public const string Transcripts = "transcripts";
    public const string Exports = "exports";
    public const string Logs = "logs";

    public static readonly IReadOnlyList<string> All = [Recordings, Transcripts, Exports, Logs];
}
