namespace Voice.Core.Replies;

/// <summary>How a reply sounds. Not <paramref name="Audio"/>: it is text.</summary>
internal sealed record ReplyVoice(bool Audio, string? Voice, string? Model, double Speed);
