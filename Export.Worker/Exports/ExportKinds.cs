namespace Voice.Export.Exports;

internal static class ExportKinds
{
    public const string SessionSummary = "session_summary";
}
