namespace Voice.Inference.Pipelines.Runs;

/// <summary>Stored and public; the state table is in docs/specs/pipelines.md.</summary>
internal static class RunStates
{
    /// <summary>Of a bulk run, until there is room for it.</summary>
    public const string Waiting = "waiting";
    public const string Queued = "queued";
    public const string Running = "running";
    public const string Succeeded = "succeeded";
    public const string Failed = "failed";
    public const string Cancelled = "cancelled";

    public static bool IsOver(string state) => state is Succeeded or Failed or Cancelled;
}
