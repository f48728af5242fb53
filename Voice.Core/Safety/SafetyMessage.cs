namespace Voice.Core.Safety;

/// <param name="Text">Short enough to be spoken whole; numbers are written as they are said.</param>
public sealed record SafetyMessage(string Text, IReadOnlyList<SafetyResource> Resources);
