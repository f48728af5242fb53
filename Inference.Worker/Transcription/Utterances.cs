using Voice.Core.Audio;

namespace Voice.Inference.Transcription;

/// <summary>Cuts a recording at pauses: where its level stays near its own noise floor. Short recordings stay whole.</summary>
internal static class Utterances
{
    private const double FrameSeconds = 0.02;
    private const double MinimumUtterance = 4;
    private const double MaximumUtterance = 20;
    private const double MinimumPause = 0.4;
    private const float AboveFloor = 9;

    public static List<(int From, int To)> Find(short[] samples, int sampleRate)
    {
        var frame = (int)(sampleRate * FrameSeconds);
        var levels = new float[Math.Max(1, samples.Length / Math.Max(1, frame))];
        for (var i = 0; i < levels.Length && (i + 1) * frame <= samples.Length; i++)
        {
            levels[i] = Pcm16.LevelDbfs(samples.AsSpan(i * frame, frame));
        }

        var threshold = levels.Order().ElementAt(levels.Length / 10) + AboveFloor;
        var utterances = new List<(int From, int To)>();
        int start = 0, quiet = 0;
        for (var i = 0; i < levels.Length; i++)
        {
            quiet = levels[i] < threshold ? quiet + 1 : 0;
            var seconds = (i - start) * FrameSeconds;
            if ((seconds >= MinimumUtterance && quiet * FrameSeconds >= MinimumPause) || seconds >= MaximumUtterance)
            {
                // In the middle of the pause, so that both sides keep some silence.
                var cut = i - (seconds >= MaximumUtterance ? 0 : quiet / 2);
                utterances.Add((start * frame, cut * frame));
                (start, quiet) = (cut, 0);
            }
        }

        if (start * frame < samples.Length)
        {
            utterances.Add((start * frame, samples.Length));
        }

        return utterances;
    }
}
