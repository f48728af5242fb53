using Voice.Core.Audio;

namespace Voice.Inference.Transcription;

/// <summary>Recordings for services that take short ones only: cut at pauses.</summary>
internal static class RecordingPieces
{
    /// <param name="longest">Seconds; utterances within it stay together.</param>
    /// <returns>Each piece and the second at which it begins.</returns>
    public static IEnumerable<(double Offset, WavAudio Audio)> Of(WavAudio audio, double longest)
    {
        if (audio.Duration.TotalSeconds <= longest)
        {
            yield return (0, audio);
            yield break;
        }

        var most = (int)(longest * audio.SampleRate);
        int from = 0, to = 0;
        foreach (var utterance in Utterances.Find(audio.Samples, audio.SampleRate))
        {
            if (utterance.To - from > most && to > from)
            {
                yield return Piece(audio, from, to);
                from = to;
            }

            to = utterance.To;
        }

        yield return Piece(audio, from, to);
    }

    private static (double, WavAudio) Piece(WavAudio audio, int from, int to) =>
        ((double)from / audio.SampleRate, new WavAudio(audio.Samples[from..to], audio.SampleRate));
}
