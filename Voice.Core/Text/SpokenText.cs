namespace Voice.Core.Text;

/// <summary>A text as a conversation would ask for its speech: for those who make it ahead.</summary>
public static class SpokenText
{
    public static IReadOnlyList<string> Clauses(string text, string language)
    {
        var splitter = new ClauseSplitter();
        List<string> clauses = [.. splitter.Add(text)];
        if (splitter.Finish() is { } rest)
        {
            clauses.Add(rest);
        }

        return [.. clauses.Select(clause => SpeechText.Clean(clause, language)).Where(words => words.Length > 0)];
    }

    /// <summary>What the platform itself may have to say in a language, at moments when it should not have to ask anybody for its voice.</summary>
    public static IReadOnlyList<string> Phrases(string language) =>
    [
        Text.Phrases.CannotAnswer(language), Text.Phrases.NotUnderstood(language), Text.Phrases.CannotTranslate(language), Text.Phrases.NotSaid(language),
        Text.Phrases.OneMoment(language, again: false), Text.Phrases.OneMoment(language, again: true),
    ];
}
