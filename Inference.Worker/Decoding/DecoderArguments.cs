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
    ];
}
