using System.Text;
using Voice.Inference.Providers.Speech;

namespace Voice.Inference.Tests.Providers.Speech;

public sealed class TextPiecesTests
{
    [Theory]
    [InlineData("One two. Three four. Five", 12, new[] { "One two.", " Three four.", " Five" })]
    [InlineData("one two three", 9, new[] { "one two ", "three" })]
    [InlineData("abcdefghij", 4, new[] { "abcd", "efgh", "ij" })]
    [InlineData("🙂🙂🙂", 5, new[] { "🙂", "🙂", "🙂" })]
    [InlineData("", 5, new string[0])]
    public void A_text_is_cut_where_it_hurts_least(string text, int bytes, string[] expected) => Assert.Equal(expected, TextPieces.Split(text, bytes));

    [Fact]
    public void Pieces_are_the_text_and_none_is_too_long()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            var text = string.Concat(Enumerable.Range(0, random.Next(300)).Select(_ => ((string[])["a", "é", "漢", "🙂", " ", ". ", "\n", "。"])[random.Next(8)]));
            var bytes = random.Next(4, 60);
            var pieces = TextPieces.Split(text, bytes).ToList();

            Assert.Equal(text, string.Concat(pieces));
            Assert.All(pieces, piece => Assert.InRange(Encoding.UTF8.GetByteCount(piece), 1, bytes));
        }
    }
}
