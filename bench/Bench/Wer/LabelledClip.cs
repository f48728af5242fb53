using Voice.Bench.Running;
using Voice.Core.Audio;

namespace Voice.Bench.Wer;

/// <summary>A recording and what is said in it.</summary>
internal sealed record LabelledClip(string Name, string Transcript, WavAudio Audio)
{
    private const int RawSampleRate = 16_000;

    /// <summary>The rows of <c>INDEX.tsv</c> that are English, WAV or raw PCM, and labelled with words that are as good as asked for.</summary>
    public static IReadOnlyList<LabelledClip> Read(string folder, IReadOnlyList<string> qualities)
    {
        var lines = TabSeparated.Read(File.ReadAllText(Path.Combine(folder, "INDEX.tsv")));
        var header = lines.Count == 0 ? [] : lines[0];
        var (file, language, label, quality) = (Column(header, "file"), Column(header, "lang"), Column(header, "transcript_or_label"), Column(header, "label_quality"));
        return [.. lines.Skip(1)
            .Where(row => row.Count > Math.Max(Math.Max(file, language), Math.Max(label, quality)))
            .Where(row => row[language].StartsWith("en", StringComparison.OrdinalIgnoreCase) && qualities.Any(q => row[quality].StartsWith(q, StringComparison.Ordinal)))
            .Where(row => row[file].EndsWith(".wav", StringComparison.OrdinalIgnoreCase) || row[file].EndsWith(".raw", StringComparison.OrdinalIgnoreCase))
            .Where(row => IsWords(row[label]) && File.Exists(Path.Combine(folder, row[file])))
            .Select(row => new LabelledClip(row[file], row[label], ReadAudio(Path.Combine(folder, row[file]))))];
    }

    /// <summary>Labels can also be times ("speech (s) by window [0.00-2.00]: ..."), cross references ("as jfk.wav") or remarks in parentheses.</summary>
    private static bool IsWords(string label) =>
        label.Any(char.IsLetter) && !label.Contains('[') && !label.StartsWith('(') && !label.StartsWith("as ", StringComparison.Ordinal)
        && !label.StartsWith("no speech", StringComparison.Ordinal) && !label.StartsWith("must contain", StringComparison.Ordinal) && !label.StartsWith("DTMF", StringComparison.Ordinal);

    private static int Column(IReadOnlyList<string> header, string name) =>
        header.ToList().IndexOf(name) is >= 0 and var at
            ? at
            : throw new BenchmarkException($"INDEX.tsv has no column '{name}'.");

    private static WavAudio ReadAudio(string path)
    {
        var bytes = File.ReadAllBytes(path);
        return path.EndsWith(".raw", StringComparison.OrdinalIgnoreCase)
            ? new WavAudio(Pcm16.Samples(bytes.AsSpan()).ToArray(), RawSampleRate)
            : WavReader.Read(bytes);
    }
}
