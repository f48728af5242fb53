namespace Voice.Cli.Replay;

internal sealed record ReplayOptions(string Session, int? Agent, bool Json, string? Url, string? Key, string Data);
