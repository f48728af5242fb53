using Voice.Core.Text;

namespace Voice.Core.Tests.Text;

public sealed class ClauseSplitterTests
{
    [Theory]
    [InlineData("We are open. Come in.", "We are open.|Come in.")]
    [InlineData("Well, yes, of course we are open today.", "Well, yes, of course we are open today.")]
    [InlineData("Of course we are, until five, as always.", "Of course we are,|until five, as always.")]
    [InlineData("Dr. Lee sees you at 3.30 p.m. tomorrow. Bring your card.", "Dr. Lee sees you at 3.30 p.m. tomorrow.|Bring your card.")]
    [InlineData("See example.com for more.", "See example.com for more.")]
    [InlineData("1. Come in.\n2. Sit down.", "1. Come in.|2. Sit down.")]
    [InlineData("안녕하세요. 무엇을 도와드릴까요?", "안녕하세요.|무엇을 도와드릴까요?")]
    [InlineData("¿Cómo está? Bien.", "¿Cómo está?|Bien.")]
    [InlineData("no punctuation at all", "no punctuation at all")]
    [InlineData("  ", "")]
    public void Text_is_cut_where_a_speaker_would_breathe(string text, string clauses)
    {
        Assert.Equal(clauses, string.Join('|', Split([text])));
        Assert.Equal(clauses, string.Join('|', Split(text.Select(c => c.ToString()))));
    }

    [Fact]
    public void Text_without_an_end_is_cut_between_words()
    {
        var clauses = Split([string.Join(' ', Enumerable.Repeat("word", 200))]);

        Assert.All(clauses, clause => Assert.InRange(clause.Length, 1, 290));
        Assert.Equal(200, clauses.Sum(clause => clause.Split(' ').Length));
    }

    private static List<string> Split(IEnumerable<string> deltas)
    {
        var splitter = new ClauseSplitter();
        var clauses = deltas.SelectMany(splitter.Add).ToList();
        if (splitter.Finish() is { } rest)
        {
            clauses.Add(rest);
        }

        return clauses;
    }
}
