using Voice.Inference.TranscriptionJobs.Work;

namespace Voice.Inference.Tests.Jobs;

public sealed class SilenceSplitterTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Parts_end_in_pauses_and_make_the_whole_whatever_the_blocks_are_that_it_comes_in()
    {
        var recording = await LongRecording.OfAsync(10);
        var expected = Split(recording, 8_192, 5 * Second, 20 * Second);
        Assert.True(expected.Count >= 4);
        Assert.Equal(recording.Length, expected.Sum(part => part.Samples));
        var place = 0L;
        foreach (var (first, samples) in expected)
        {
            Assert.Equal(place, first);
            place += samples;
            // Silence on both sides of a cut, and no part longer than the wanted length and a sentence.
            Assert.All(recording[Math.Max(0, (int)place - 1600)..(int)Math.Min(place, recording.Length)], sample => Assert.InRange(sample, (short)-200, (short)200));
            Assert.InRange(samples, 1, 16_000 * 11);
        }

        Assert.Equal(expected, Split(recording, 1, 5 * Second, 20 * Second));
        Assert.Equal(expected, Split(recording, 100_001, 5 * Second, 20 * Second));
    }

    [Fact]
    public async Task Who_never_pauses_is_cut_at_the_longest_length_and_silence_too()
    {
        var sentence = (await Spoken.ByFliteAsync("hello our clinic is open from eight to five", "slt")).Samples;
        // Sentences without a pause between them: what is inside them is too short for one.
        var speech = Enumerable.Repeat(sentence[3_200..^3_200], 12).SelectMany(samples => samples).ToArray();
        Assert.All(Split(speech, 8_192, 2 * Second, 6 * Second), part => Assert.InRange(part.Samples, 1, 6 * 16_000));
        Assert.All(Split(new short[16_000 * 60], 8_192, 40 * Second, 50 * Second), part => Assert.InRange(part.Samples, 1, 50 * 16_000));
        Assert.Empty(Split([], 8_192, 5 * Second, 20 * Second));
    }

    private static List<(long First, int Samples)> Split(short[] recording, int block, TimeSpan wanted, TimeSpan longest)
    {
        var splitter = new SilenceSplitter(wanted, longest);
        var parts = recording.Chunk(block).SelectMany(chunk => splitter.Add(chunk)).ToList();
        return splitter.End() is { } last ? [.. parts, last] : parts;
    }
}
