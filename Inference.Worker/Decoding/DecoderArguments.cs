namespace Voice.Inference.Decoding;

/// <summary>Settings of the native decoder, each measured by <c>./bench/run wer</c>.</summary>
internal static class DecoderArguments
{
    public static IReadOnlyList<string> General(string modelFolder) =>
    [
        "decoder",
        "-hmm", Path.Combine(modelFolder, "en-us"),
        "-lm", Path.Combine(modelFolder, "en-us.lm.bin"),
        "-dict", Path.Combine(modelFolder, "cmudict-en-us.dict"),
        "-logfn", "/dev/null",

        // One pass: the second and third cost up to 300 ms after the end of speech and do not lower the error rate of live speech.
        "-fwdflat", "no",
        "-bestpath", "no",

        // A look-ahead of five frames and narrower limits than the default 30,000: a fifth less work for the same words.
        "-pl_window", "5",
        "-maxhmmpf", "10000",
        "-maxwpf", "20",
    ];

    /// <summary>The model's own guess of the cepstral mean: <c>-cmninit 41.00,-5.29,...</c> in its <c>feat.params</c>; empty where it names none.</summary>
    public static float[] InitialMean(string modelFolder)
    {
        const string Name = "-cmninit ";
        var line = File.ReadLines(Path.Combine(modelFolder, "en-us", "feat.params")).FirstOrDefault(l => l.StartsWith(Name, StringComparison.Ordinal));
        return line is null ? [] : [.. line[Name.Length..].Split(',').Select(v => float.Parse(v, System.Globalization.CultureInfo.InvariantCulture))];
    }
}
