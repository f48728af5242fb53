namespace Voice.Inference.Chat;

/// <summary>One entry of an agent's knowledge, cut into sentences and counted into terms.</summary>
internal sealed class KnowledgePassage
{
    public KnowledgePassage(string title, string text, double titleWeight)
    {
        Title = title;
        Sentences = Sentence.Split(text);
        Terms = [];
        Count(title, titleWeight);
        Count(text, 1);
        Length = Terms.Values.Sum();
    }

    public string Title { get; }

    public IReadOnlyList<string> Sentences { get; }

    /// <summary>Stemmed terms and how often they occur; those of the title count more.</summary>
    public Dictionary<string, double> Terms { get; }

    public double Length { get; }

    private void Count(string text, double weight)
    {
        foreach (var term in Words.Content(text))
        {
            Terms[term] = Terms.GetValueOrDefault(term) + weight;
        }
    }
}
