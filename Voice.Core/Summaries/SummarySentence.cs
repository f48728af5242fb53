namespace Voice.Core.Summaries;

/// <param name="Score">Relative to the best sentence of the conversation, 0 to 1.</param>
public sealed record SummarySentence(int TurnSequence, string Speaker, string Text, double Score);
