using Voice.Api.Realtime;

namespace Voice.Api.Tests.Realtime;

public sealed class TranscriptDeltasTests
{
    [Theory]
    [InlineData("when are you open", "when|when are|when are you|when are you open", "when| are|")]
    [InlineData("when are you open", "win|when are|when are you|when are you open", "when| are|")]
    [InlineData("can we go now", "can|can we|can we|can we go now", "can||")]
    [InlineData("a", "", "")]
    public void What_two_hypotheses_agree_on_is_added_but_for_the_last_word(string final, string hypotheses, string expected)
    {
        var deltas = new TranscriptDeltas();
        var added = hypotheses.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(text => deltas.Understood("item_1", text)).Where(delta => delta.Length > 0).ToList();
        Assert.Equal(expected.Split('|', StringSplitOptions.RemoveEmptyEntries), added);
        Assert.Equal(final, string.Concat(added) + deltas.Finish("item_1", final));
    }

    [Fact]
    public void Nothing_is_taken_back_where_the_final_words_are_others()
    {
        var deltas = new TranscriptDeltas();
        deltas.Understood("item_1", "win are you");
        Assert.Equal("win are", deltas.Understood("item_1", "win are you open"));
        Assert.Equal("", deltas.Understood("item_1", "when are you open now"));

        Assert.Equal("", deltas.Finish("item_1", "when are you open"));
        Assert.Equal("the next one is whole", deltas.Finish("item_2", "the next one is whole"));
    }
}
