namespace Voice.Inference.Chat;

/// <param name="Coverage">How much of what was asked the passage knows, weighted by rarity: 0 to 1.</param>
/// <param name="Terms">Matched terms of the passage and their weights.</param>
internal sealed record KnowledgeMatch(KnowledgePassage Passage, double Score, double Coverage, IReadOnlyDictionary<string, double> Terms);
