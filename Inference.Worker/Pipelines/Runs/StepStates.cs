namespace Voice.Inference.Pipelines.Runs;

/// <summary>Stored and public; the state table is in docs/specs/pipelines.md.</summary>
internal static class StepStates
{
    public const string Pending = "pending";
    public const string Ready = "ready";
    public const string Running = "running";
    public const string Succeeded = "succeeded";
    public const string Skipped = "skipped";
    public const string Failed = "failed";
    public const string Cancelled = "cancelled";

    /// <summary>What comes after it may begin.</summary>
    public static bool IsDone(string state) => state is Succeeded or Skipped;
}
