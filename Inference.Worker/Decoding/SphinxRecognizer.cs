using System.Runtime.InteropServices;
using Voice.Core.Providers;

namespace Voice.Inference.Decoding;

/// <summary>One native decoder in a decoder process, utterance by utterance. Not thread-safe.</summary>
internal sealed class SphinxRecognizer
{
    /// <summary>Hz; the acoustic model's rate.</summary>
    public const int SampleRate = 16_000;

    private const double SecondsPerFrame = 0.01;
    private readonly nint _decoder;
    private bool _inUtterance;

    public SphinxRecognizer(IReadOnlyList<string> arguments)
    {
        var configuration = PocketSphinx.ParseConfiguration(0, PocketSphinx.Arguments(), arguments.Count, AllocateArguments(arguments), 1);
        _decoder = configuration == 0 ? 0 : PocketSphinx.Create(configuration);
        if (_decoder == 0)
        {
            throw new InvalidOperationException("PocketSphinx refused its settings or did not find its model.");
        }
    }

    public unsafe void Process(ReadOnlySpan<short> samples)
    {
        if (!_inUtterance)
        {
            Check(PocketSphinx.StartUtterance(_decoder), "start an utterance");
            _inUtterance = true;
        }

        fixed (short* first = samples)
        {
            Check(PocketSphinx.Process(_decoder, first, (nuint)samples.Length, 0, 0), "process audio");
        }
    }

    public string Hypothesis() =>
        _inUtterance && PocketSphinx.Hypothesis(_decoder, out _) is var text and not 0 ? Clean(Marshal.PtrToStringUTF8(text)!) : "";

    public DecoderResult End()
    {
        if (!_inUtterance)
        {
            return new DecoderResult("", 0, []);
        }

        _inUtterance = false;
        Check(PocketSphinx.EndUtterance(_decoder), "end an utterance");
        var words = ReadWords();
        return new DecoderResult(string.Join(' ', words.Select(w => w.Word)), words.Count == 0 ? 0 : words.Average(w => w.Confidence), words);
    }

    private List<TranscribedWord> ReadWords()
    {
        var words = new List<TranscribedWord>();
        for (var segment = PocketSphinx.Segments(_decoder, 0); segment != 0; segment = PocketSphinx.NextSegment(segment))
        {
            var word = Marshal.PtrToStringUTF8(PocketSphinx.SegmentWord(segment)) ?? "";
            if (word.Length == 0 || word[0] is '<' or '[' or '+')
            {
                continue;
            }

            PocketSphinx.SegmentFrames(segment, out var first, out var last);
            PocketSphinx.SegmentScores(segment, out var acoustic, out _, out _);
            var confidence = Math.Exp(acoustic / (double)Math.Max(1, last - first + 1) / 100);
            words.Add(new TranscribedWord(Clean(word), first * SecondsPerFrame, (last + 1) * SecondsPerFrame, Math.Clamp(confidence, 0, 1)));
        }

        return words;
    }

    /// <summary>"read(2)" is the second pronunciation of "read".</summary>
    private static string Clean(string hypothesis) =>
        hypothesis.Contains('(')
            ? string.Join(' ', hypothesis.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => w.IndexOf('(') is > 0 and var at ? w[..at] : w))
            : hypothesis;

    private static void Check(int status, string what)
    {
        if (status < 0)
        {
            throw new InvalidOperationException($"PocketSphinx failed to {what}.");
        }
    }

    /// <summary>The decoder keeps pointers to its arguments, so they live as long as the process.</summary>
    private static unsafe nint AllocateArguments(IReadOnlyList<string> arguments)
    {
        var pointers = (nint*)NativeMemory.Alloc((nuint)arguments.Count + 1, (nuint)sizeof(nint));
        for (var i = 0; i < arguments.Count; i++)
        {
            pointers[i] = Marshal.StringToCoTaskMemUTF8(arguments[i]);
        }

        pointers[arguments.Count] = 0;
        return (nint)pointers;
    }
}
