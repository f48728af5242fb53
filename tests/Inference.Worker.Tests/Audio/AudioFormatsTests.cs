using System.Net;
using System.Text.Json.Nodes;

namespace Voice.Inference.Tests.Audio;

/// <summary>Every labelled file of <c>audio_formats</c>, answered as its label says.</summary>
[Collection(InferenceCollection.Name)]
public sealed class AudioFormatsTests(InferenceService service)
{
    [TestDataFact("audio_formats/ps_bad.wav")]
    public async Task Every_file_has_its_documented_outcome()
    {
        var rows = Rows();
        Assert.True(rows.Count > 20);
        var durations = new Dictionary<string, List<double>>();
        foreach (var (file, label, _, speech) in rows)
        {
            // What is in the file is another test's: the simulated engine takes no time over tones.
            using var response = await PostAsync(file, "simulated");
            var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
            Assert.True(Fits(label, speech, response.StatusCode, body), $"{file} ({label}): {(int)response.StatusCode} {body}");
            if (response.StatusCode == HttpStatusCode.OK && speech == "human")
            {
                Same(durations, file).Add((double)body["duration"]!);
            }
        }

        // The same recording in several containers; each coder adds its own silence.
        Assert.All(durations.Values.Where(same => same.Count > 1), same => Assert.InRange(same.Max() - same.Min(), 0, 0.2));
        Assert.True((await service.Client.GetAsync("/health").OrTimeout()).IsSuccessStatusCode);
    }

    [TestDataFact("audio_formats/ps_bad.wav")]
    public async Task Compressed_speech_is_heard_as_speech()
    {
        var (heard, said) = (0, 0);
        foreach (var (file, label, _, _) in Rows().Where(row => row.Quality == "exact" && row.Speech == "human" && !row.Label.StartsWith("as ", StringComparison.Ordinal)))
        {
            using var response = await PostAsync(file, "default");
            var words = Words(label);
            said += words.Count;
            heard += words.Intersect(Words((string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["text"]!)).Count();
        }

        // The engine is a small one, and read prose is not what it is for; of noise it would hear none of them.
        Assert.True(heard * 4 > said, $"{heard} of {said} words were heard");
    }

    private static bool Fits(string label, string speech, HttpStatusCode status, JsonNode body)
    {
        var refused = status == HttpStatusCode.BadRequest && (string)body["error"]!["code"]! == "invalid_audio" && (string)body["error"]!["param"]! == "file";
        var silent = status == HttpStatusCode.OK && (double)body["duration"]! == 0;
        return label switch
        {
            _ when label.Contains("must be refused or give no audio", StringComparison.Ordinal) || label.Contains("no data at all", StringComparison.Ordinal) => refused || silent,
            _ when label.Contains("must be refused", StringComparison.Ordinal) => refused,
            "ok or clean refusal" => refused || status == HttpStatusCode.OK,
            _ => status == HttpStatusCode.OK && (speech != "human" || (double)body["duration"]! > 0.5),
        };
    }

    private static List<(string File, string Label, string Quality, string Speech)> Rows() =>
    [
        .. from line in File.ReadLines(TestData.Path("INDEX.tsv")!).Skip(1)
           let cells = line.Split('\t')
           where cells[0].StartsWith("audio_formats/", StringComparison.Ordinal)
           select (cells[0], cells[4], cells[5], cells[6]),
    ];

    private static List<double> Same(Dictionary<string, List<double>> durations, string file) =>
        durations.TryGetValue(Path.GetFileNameWithoutExtension(file), out var same) ? same : durations[Path.GetFileNameWithoutExtension(file)] = [];

    private static HashSet<string> Words(string text) =>
        [.. text.ToLowerInvariant().Split((char[])[' ', '.', ',', '?'], StringSplitOptions.RemoveEmptyEntries)];

    private Task<HttpResponseMessage> PostAsync(string file, string model)
    {
        var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(File.ReadAllBytes(TestData.Path(file)!)), "file", Path.GetFileName(file) },
            { new StringContent("verbose_json"), "response_format" },
            { new StringContent(model), "model" },
        };
        return service.Client.PostAsync("/v1/audio/transcriptions", form).OrTimeout(TimeSpan.FromSeconds(90));
    }
}
