namespace Voice.Core.Summaries;

/// <param name="Surface">The word as it stood, folded.</param>
/// <param name="Position">In the folded text.</param>
public readonly record struct Term(string Stem, string Surface, int Position);
