using Voice.Core.Modes;

namespace Voice.Core.Replies;

/// <summary>What leaves a reply in one piece: words to say, or <paramref name="Tool"/>, which keeps its place among them.</summary>
/// <param name="Filler">The platform's own words, while a tool is slow.</param>
internal readonly record struct ReplyClause(string Text, string Language, bool Filler = false, ReplyPart? Tool = null);
