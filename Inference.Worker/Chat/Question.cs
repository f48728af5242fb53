using System.Text.RegularExpressions;

namespace Voice.Inference.Chat;

/// <summary>What was asked: its terms, those of the turn before where it leans on them, and what kind of answer it wants.</summary>
internal sealed partial class Question
{
    private const double FromBefore = 0.5;
    private const int ShortFollowUp = 2;

    public Question(string text, string? previous)
    {
        var own = Words.Content(text).Distinct().ToList();
        var terms = own.Select(term => (Term: term, Weight: 1.0)).ToList();
        if (previous is not null && (own.Count <= ShortFollowUp && LeansOnBefore().IsMatch(text)))
        {
            IsFollowUp = true;
            terms.AddRange(Words.Content(previous).Distinct().Except(own).Select(term => (term, FromBefore)));
        }

        Terms = terms;
        Wants = Kind(text.ToLowerInvariant()) is var kind && kind == AnswerKind.Any && IsFollowUp ? Kind(previous!.ToLowerInvariant()) : kind;
    }

    public IReadOnlyList<(string Term, double Weight)> Terms { get; }

    public AnswerKind Wants { get; }

    public bool IsFollowUp { get; }

    private static AnswerKind Kind(string text) =>
        Time().IsMatch(text) ? AnswerKind.Time
        : Place().IsMatch(text) ? AnswerKind.Place
        : Amount().IsMatch(text) ? AnswerKind.Amount
        : Contact().IsMatch(text) ? AnswerKind.Contact
        : AnswerKind.Any;

    [GeneratedRegex(@"^\s*(and|or|but|also|what about|how about|what if|then|on|at|is (it|that|there)|do (they|you)|the)\b|\b(it|that|they|there|them|those|one)\b", RegexOptions.IgnoreCase)]
    private static partial Regex LeansOnBefore();

    [GeneratedRegex(@"\b(when|what time|how late|how early|how long|which days?|what days?|hours|open|close[sd]?)\b")]
    private static partial Regex Time();

    [GeneratedRegex(@"\b(where|address|located|location|directions|get there|find you)\b")]
    private static partial Regex Place();

    [GeneratedRegex(@"\b(how much|cost|price|fee|charge|free|pay)\b")]
    private static partial Regex Amount();

    [GeneratedRegex(@"\b(phone|number|email|e-mail|call|contact|reach)\b")]
    private static partial Regex Contact();
}
