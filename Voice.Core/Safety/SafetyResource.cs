namespace Voice.Core.Safety;

/// <param name="Contact">What to dial or text.</param>
public sealed record SafetyResource(string Name, string Contact, string? Url);
