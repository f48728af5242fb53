namespace Voice.Inference.Pipelines.Detection;

/// <param name="Label">The strongest, or <c>neutral</c>.</param>
/// <param name="Score">Its share of all the feeling that was found, 0 where there was none.</param>
/// <param name="Scores">Weighted words, by emotion; those that were not found are left out.</param>
internal sealed record EmotionReading(string Label, double Score, IReadOnlyDictionary<string, double> Scores);
