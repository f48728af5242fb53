using Voice.Bench.Wer;
using Voice.Core.Turns;

namespace Voice.Bench.TurnEnd;

/// <summary>A sentence with a pause put between two of its words, and what a recogniser has understood of it when.</summary>
/// <param name="PauseEnd">Samples; before it the turn is not over.</param>
internal sealed record PauseClip(string Name, short[] Samples, int PauseEnd, IReadOnlyList<(int From, string Words)> Partials)
{
    private const int Rate = VoiceActivityDetector.SampleRate;

    /// <summary>A recogniser's partial comes so long after the word.</summary>
    private const int Lateness = Rate / 5;
    private const int Trailing = 10 * Rate;
    private static readonly int[] PauseMilliseconds = [600, 750, 900];

    public static IEnumerable<PauseClip> Of(LabelledClip clip)
    {
        var words = new string([.. clip.Transcript.ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '\'' or '-')])
            .Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries);
        var samples = Trim(clip.Audio.Resample(Rate).Samples);
        if (words.Length < 6)
        {
            yield break;
        }

        for (var part = 0; part < PauseMilliseconds.Length; part++)
        {
            var before = Math.Clamp((words.Length * (part + 1)) / (PauseMilliseconds.Length + 1), 2, words.Length - 2);
            var cut = QuietestNear(samples, End(words, before, samples.Length));
            yield return Make($"{clip.Name} after {before} words", samples, words, before, cut, PauseMilliseconds[part] * Rate / 1_000);
        }
    }

    private static PauseClip Make(string name, short[] samples, string[] words, int before, int cut, int pause)
    {
        var all = new short[samples.Length + pause + Trailing];
        samples.AsSpan(0, cut).CopyTo(all);
        samples.AsSpan(cut).CopyTo(all.AsSpan(cut + pause));
        var random = new Random(cut);
        for (var i = 0; i < all.Length; i++)
        {
            all[i] = (short)Math.Clamp(all[i] + random.Next(-3, 4), short.MinValue, short.MaxValue);
        }

        var partials = new List<(int, string)>();
        for (var count = 1; count <= words.Length; count++)
        {
            var spoken = count <= before ? Math.Min(cut, End(words, count, samples.Length)) : Math.Max(cut, End(words, count, samples.Length)) + pause;
            partials.Add((spoken + Lateness, string.Join(' ', words[..count])));
        }

        return new(name, all, cut + pause, partials);
    }

    /// <summary>Where a word ends, if every letter takes as long as any other.</summary>
    private static int End(string[] words, int count, int length)
    {
        var letters = words.Sum(word => word.Length + 1);
        return (int)((long)length * words[..count].Sum(word => word.Length + 1) / letters);
    }

    private static int QuietestNear(short[] samples, int about)
    {
        const int step = Rate / 100;
        var candidates = Enumerable.Range(-15, 31).Select(i => about + (i * step)).Where(at => at > step && at < samples.Length - step);
        return candidates.MinBy(at => Energy(samples.AsSpan(at - step, 2 * step)));
    }

    /// <summary>The silence around a recording is no pause of the speaker's.</summary>
    private static short[] Trim(short[] samples)
    {
        const int step = Rate / 100;
        var levels = Enumerable.Range(0, samples.Length / step).Select(i => Energy(samples.AsSpan(i * step, step))).ToArray();
        var least = levels.Max() / 1_000;
        var (first, last) = (Array.FindIndex(levels, level => level > least), Array.FindLastIndex(levels, level => level > least));
        return samples[(first * step)..((last + 1) * step)];
    }

    private static double Energy(ReadOnlySpan<short> samples)
    {
        var sum = 0.0;
        foreach (var sample in samples)
        {
            sum += (double)sample * sample;
        }

        return sum;
    }
}
