using System.Runtime.InteropServices;
using Voice.Core.Providers;

namespace Voice.Inference.Decoding;

/// <summary>One native decoder in a decoder process, utterance by utterance. Not thread-safe.</summary>
internal sealed class SphinxRecognizer
{
    /// <summary>Hz; the acoustic model's rate.</summary>
    public const int SampleRate = 16_000;

    private const double SecondsPerFrame = 0.01;

    /// <summary>
    /// Frames of speech after which the utterance is decoded again from its beginning, with the mean of what was heard until then. Only at
    /// the start of a call: 1.2 s of speech are decoded twice, and the words of a first "hello" are not lost. A second restart at 2 s gains
    /// four words of a thousand and leaves the decoder half a second behind where a short question ends.
    /// </summary>
    private const int RestartAfter = 120;

    /// <summary>Weight in frames of the model's guess, and of a mean that was adopted.</summary>
    private const float GuessWeight = 20;
    private const float AdoptedWeight = 40;

    private const int ShortestRestart = 10;
    private const int Block = SampleRate / 10;

    private readonly nint _decoder;
    private readonly CepstralMean? _mean;
    private readonly List<short> _heard = [];
    private bool _restarted;
    private bool _inUtterance;

    public SphinxRecognizer(IReadOnlyList<string> arguments, ReadOnlySpan<float> initialMean)
    {
        var configuration = PocketSphinx.ParseConfiguration(0, PocketSphinx.Arguments(), arguments.Count, AllocateArguments(arguments), 1);
        _decoder = configuration == 0 ? 0 : PocketSphinx.Create(configuration);
        if (_decoder == 0)
        {
            throw new InvalidOperationException("PocketSphinx refused its settings or did not find its model.");
        }

        _mean = CepstralMean.Of(_decoder, initialMean);
        _mean?.Reset(GuessWeight);
    }

    public void UsePrompt(string prompt) => PromptSearch.Use(_decoder, prompt);

    /// <summary>At most 100 ms at a time: between two calls the mean follows the speaker.</summary>
    public void Process(ReadOnlySpan<short> samples)
    {
        Decode(samples);
        if (_mean is null || _restarted)
        {
            return;
        }

        _heard.AddRange(samples);
        if (_mean.Frames >= RestartAfter)
        {
            Restart();
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

        // A first utterance that was too short for a restart is decoded again now: it is short.
        if (!_restarted && _mean?.Frames >= ShortestRestart)
        {
            Restart();
        }

        Finish();
        return ReadResult();
    }

    /// <summary>Ends the utterance without a word about it.</summary>
    public void Forget()
    {
        if (_inUtterance)
        {
            Finish();
        }
    }

    private unsafe void Decode(ReadOnlySpan<short> samples)
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

        _mean?.Update();
    }

    private void Restart()
    {
        _restarted = true;
        var mean = _mean!.Read();
        Check(PocketSphinx.EndUtterance(_decoder), "end an utterance");
        Check(PocketSphinx.StartStream(_decoder), "start a stream");
        _inUtterance = false;
        _mean.Set(mean, AdoptedWeight);
        var heard = CollectionsMarshal.AsSpan(_heard);
        for (var at = 0; at < heard.Length; at += Block)
        {
            Decode(heard[at..Math.Min(heard.Length, at + Block)]);
        }
    }

    private void Finish()
    {
        _inUtterance = false;
        _heard.Clear();
        Check(PocketSphinx.EndUtterance(_decoder), "end an utterance");
    }

    private DecoderResult ReadResult()
    {
        var words = new List<TranscribedWord>();
        var (origin, frames, total) = (-1, 0, 0L);
        for (var segment = PocketSphinx.Segments(_decoder, 0); segment != 0; segment = PocketSphinx.NextSegment(segment))
        {
            // Frames count from the start of the stream, not of the utterance.
            PocketSphinx.SegmentFrames(segment, out var first, out var last);
            origin = origin < 0 ? first : origin;
            var word = Marshal.PtrToStringUTF8(PocketSphinx.SegmentWord(segment)) ?? "";
            if (word.Length == 0 || word[0] is '<' or '[' or '+')
            {
                continue;
            }

            PocketSphinx.SegmentScores(segment, out var acoustic, out _, out _);
            var length = last - first + 1;
            (frames, total) = (frames + length, total + acoustic);
            words.Add(new TranscribedWord(
                Clean(word), (first - origin) * SecondsPerFrame, (last + 1 - origin) * SecondsPerFrame, Confidence.Of((double)acoustic / length)));
        }

        var confidence = frames == 0 ? 0 : Confidence.Of((double)total / frames);
        return Confidence.IsSpeech(confidence, frames, words.Count)
            ? new DecoderResult(string.Join(' ', words.Select(w => w.Word)), confidence, words)
            : new DecoderResult("", 0, []);
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
