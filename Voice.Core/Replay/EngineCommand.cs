namespace Voice.Core.Replay;

/// <param name="Name"><c>say</c>, <c>pause_playback</c> or <c>continue_playback</c>.</param>
/// <param name="Text">Of <c>say</c>.</param>
public sealed record EngineCommand(string Name, string? Text = null);
