namespace Voice.Cli.Talk;

/// <param name="File">Speech to play as the microphone.</param>
/// <param name="Out">Where the reply audio goes; null keeps none.</param>
internal sealed record TalkOptions(string File, string Agent, string? Out, bool Json, string? Url, string? Key, string Data);
