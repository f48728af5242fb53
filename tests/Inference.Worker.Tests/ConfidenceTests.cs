using Voice.Inference.Decoding;

namespace Voice.Inference.Tests;

public sealed class ConfidenceTests
{
    // Score per frame, frames within words and words, as measured.
    [Theory]
    [InlineData(-31.2, 276, 8, true)]
    [InlineData(-52.9, 214, 8, true)]
    [InlineData(-50.3, 275, 11, true)]
    [InlineData(-54.5, 774, 7, false)]
    [InlineData(-63.8, 68, 1, false)]
    [InlineData(-43.2, 10, 1, false)]
    [InlineData(-74, 60, 4, false)]
    public void Sound_is_speech_by_its_fit_and_its_pace(double score, int frames, int words, bool speech) =>
        Assert.Equal(speech, Confidence.IsSpeech(Confidence.Of(score), frames, words));
}
