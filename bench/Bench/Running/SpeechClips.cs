using System.Diagnostics;
using Voice.Client;
using Voice.Core.Audio;

namespace Voice.Bench.Running;

/// <summary>Utterances to say to an agent: recorded ones of the data folder, or made by flite where there are none.</summary>
internal static class SpeechClips
{
    private const string Kind = "audio_agent_turns";

    private static readonly string[] Sentences =
    [
        "What are your opening hours?", "Where can I park my car?", "Do you accept my insurance?", "I would like to make an appointment.",
        "How do I cancel my appointment?", "Can I get a prescription refill?", "Are you open on Saturday?", "What is your address?",
        "Do you offer vaccinations?", "When will my test results arrive?",
    ];

    /// <summary>16-bit little-endian mono PCM at the rate of the session.</summary>
    public static async Task<IReadOnlyList<byte[]>> LoadAsync(BenchmarkContext context, CancellationToken cancellationToken)
    {
        var recorded = context.DataFolder is null ? [] : Recorded(context.DataFolder);
        if (recorded.Count > 0)
        {
            await context.Progress.WriteLineAsync($"speech: {recorded.Count} recorded clips of {Kind}");
            return [.. recorded.Select(path => Pcm(File.ReadAllBytes(path)))];
        }

        await context.Progress.WriteLineAsync($"speech: {Sentences.Length} sentences said by flite, as there is no data folder");
        var made = new List<byte[]>();
        foreach (var sentence in Sentences)
        {
            made.Add(await SayAsync(sentence, cancellationToken));
        }

        return made;
    }

    /// <summary>Rows of <c>INDEX.tsv</c>: <c>file split kind lang transcript_or_label label_quality …</c>; English, with the words known.</summary>
    private static List<string> Recorded(string folder) =>
    [
        .. File.ReadLines(Path.Combine(folder, "INDEX.tsv"))
            .Skip(1)
            .Select(line => line.Split('\t'))
            .Where(row => row.Length > 5 && row[2] == Kind && row[3] == "en" && row[5].StartsWith("script", StringComparison.Ordinal))
            .Select(row => Path.Combine(folder, row[0]))
            .Where(File.Exists),
    ];

    private static async Task<byte[]> SayAsync(string sentence, CancellationToken cancellationToken)
    {
        var file = Path.Combine(Path.GetTempPath(), $"voice-bench-{Guid.NewGuid():n}.wav");
        try
        {
            using var flite = Process.Start(new ProcessStartInfo("flite", ["-voice", "slt", "-t", sentence, "-o", file]))
                ?? throw new BenchmarkException("flite does not start.");
            await flite.WaitForExitAsync(cancellationToken);
            return Pcm(await File.ReadAllBytesAsync(file, cancellationToken));
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw new BenchmarkException("There is neither a data folder (--data DIR) nor flite to say something.", missing);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static byte[] Pcm(byte[] wav) => WavReader.Read(wav).Resample(SpokenConversation.SampleRate).ToPcm();
}
