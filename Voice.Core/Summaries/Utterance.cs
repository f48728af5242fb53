namespace Voice.Core.Summaries;

/// <summary>What one side said in one turn.</summary>
/// <param name="Speaker"><see cref="Speakers.User"/> or <see cref="Speakers.Assistant"/>.</param>
public sealed record Utterance(int TurnSequence, string Speaker, string Text);
