namespace Voice.Core.Conversations;

/// <summary>Part of a reply that is sent again: words, or audio of the words before.</summary>
/// <param name="Filler">The platform's own words, while a tool was slow.</param>
internal readonly record struct ReplyPiece(string? Words, ReadOnlyMemory<byte> Audio, bool Filler = false);
