namespace Voice.Inference.Decoding;

/// <summary>
/// From the acoustic score of the best path to a number between 0 and 1. The score of a frame is that of its best senone taken off, so it says how
/// well the words fit the sound, whatever the level. Measured: synthetic speech -24 to -32, read human speech -28 to -36, a dog -38 (one
/// word of 140 ms), a keyboard -54, a DTMF tone -74; white noise gives no words at all.
/// </summary>
internal static class Confidence
{
    private const double Even = -44;
    private const double Slope = 7;

    /// <summary>Less than this is not believed to be speech.</summary>
    private const double Speech = 0.25;

    /// <summary>Nor this, at the pace at which people talk: a keyboard's seven "words" took 8 s, clipped and synthetic voices fit the model no better.</summary>
    private const double FluentSpeech = 0.15;

    private const int FluentWords = 4;
    private const int FramesPerFluentWord = 50;

    /// <summary>Nobody says a word in less; clicks and beeps are often "heard" as one.</summary>
    private const int ShortestSpeech = 16;

    public static double Of(double scorePerFrame) => 1 / (1 + Math.Exp((Even - scorePerFrame) / Slope));

    /// <param name="frames">Of 10 ms, those within words.</param>
    public static bool IsSpeech(double confidence, int frames, int words) =>
        frames >= ShortestSpeech && confidence >= (words >= FluentWords && frames <= words * FramesPerFluentWord ? FluentSpeech : Speech);
}
