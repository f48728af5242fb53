namespace Voice.Export.Summaries;

/// <summary>Sentences that were said, picked and put in order; nothing is rephrased and nothing is concluded.</summary>
/// <param name="Method">Always <c>extractive</c>: readers must be able to tell it from a model's own words.</param>
/// <param name="Text">The sentences as one text, each line led by who said it.</param>
/// <param name="OpenQuestions">What the user asked and got no answer to.</param>
internal sealed record ExtractiveSummary(
    string Method, string Language, string Text, IReadOnlyList<SummarySentence> Sentences, IReadOnlyList<string> Topics, IReadOnlyList<string> OpenQuestions)
{
    public const string Extractive = "extractive";
}

/// <param name="Score">Relative to the best sentence of the conversation, 0 to 1.</param>
internal sealed record SummarySentence(int TurnSequence, string Speaker, string Text, double Score);
