using System.Globalization;
using System.Text.RegularExpressions;
using Voice.Bench.Running;
using Voice.Bench.Wer;
using Voice.Core.Audio;
using Voice.Core.Turns;

namespace Voice.Bench.Vad;

/// <summary>A recording and where in it somebody speaks, in seconds.</summary>
/// <param name="Labelled">How much of it, from the start, has labels.</param>
internal sealed partial record LabelledSound(string Name, short[] Samples, double Labelled, IReadOnlyList<(double From, double To)> Speech)
{
    private static readonly string[] Silent = ["no speech", "DTMF", "background noise"];

    /// <summary>WAV rows of kind <c>audio_vad</c> whose label gives times or says that nobody speaks.</summary>
    public static IReadOnlyList<LabelledSound> Read(string folder)
    {
        var lines = TabSeparated.Read(File.ReadAllText(Path.Combine(folder, "INDEX.tsv")));
        var header = lines.Count > 0 ? lines[0].ToList() : [];
        var (file, kind, label) = (header.IndexOf("file"), header.IndexOf("kind"), header.IndexOf("transcript_or_label"));
        if (file < 0 || kind < 0 || label < 0)
        {
            throw new BenchmarkException("INDEX.tsv lacks one of the columns file, kind, transcript_or_label.");
        }

        return
        [
            .. lines.Skip(1)
                .Where(row => row.Count > Math.Max(file, Math.Max(kind, label)) && row[kind] == "audio_vad" && row[file].EndsWith(".wav", StringComparison.OrdinalIgnoreCase))
                .Select(row => From(Path.Combine(folder, row[file]), row[label]))
                .OfType<LabelledSound>(),
        ];
    }

    private static LabelledSound? From(string path, string label)
    {
        var windows = Windows().Matches(label);
        var silent = Silent.Any(word => label.StartsWith(word, StringComparison.Ordinal));
        if (!File.Exists(path) || (windows.Count == 0 && !silent))
        {
            return null;
        }

        var samples = WavReader.Read(File.ReadAllBytes(path)).Resample(VoiceActivityDetector.SampleRate).Samples;
        var speech = new List<(double From, double To)>();
        foreach (Match times in Times().Matches(Windows().Replace(label, " ")))
        {
            var (from, to) = (Number(times.Groups[1].Value), Number(times.Groups[2].Value));
            // Windows cut what goes on from one into the next.
            if (speech.Count > 0 && from - speech[^1].To < 0.005)
            {
                speech[^1] = (speech[^1].From, to);
            }
            else
            {
                speech.Add((from, to));
            }
        }

        var length = (double)samples.Length / VoiceActivityDetector.SampleRate;
        return new(Path.GetFileName(path), samples, silent ? length : Math.Min(length, windows.Max(w => Number(w.Groups[1].Value))), speech);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\[[\d.]+-([\d.]+)\]")]
    private static partial Regex Windows();

    [GeneratedRegex(@"(\d+\.\d+)-(\d+\.\d+)")]
    private static partial Regex Times();
}
