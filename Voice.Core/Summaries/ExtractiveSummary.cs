namespace Voice.Core.Summaries;

/// <summary>Sentences that were said, picked and put in order; nothing is rephrased and nothing is concluded.</summary>
/// <param name="Method">Always <c>extractive</c>: readers must be able to tell it from a model's own words.</param>
/// <param name="Text">The sentences as one text, each line led by who said it.</param>
/// <param name="OpenQuestions">What the user asked and got no answer to.</param>
public sealed record ExtractiveSummary(
    string Method, string Language, string Text, IReadOnlyList<SummarySentence> Sentences, IReadOnlyList<string> Topics, IReadOnlyList<string> OpenQuestions)
{
    public const string Extractive = "extractive";
}
