using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Voice.Core.Audio;
using Voice.Inference.Providers;
using Voice.Inference.Providers.Google;
using Voice.Inference.Tests.Providers.Hearing;

namespace Voice.Inference.Tests.Providers.Google;

/// <summary><c>recognize</c>, of either version.</summary>
internal sealed class GoogleRecording(bool second) : IFileService
{
    public string Path => second ? "/v2/projects/clinic/locations/eu/recognizers/_:recognize" : "/v1/speech:recognize";

    public string Asked => "\"de-DE\"";

    public IProviderKind Kind(ProviderHttp http, TimeProvider time) => new GoogleKind(http, time);

    public ProviderSettings Settings(Uri address)
    {
        var settings = new ProviderSettings { Kind = "google", BaseUrl = address, ApiKey = "set by the suite" };
        if (second)
        {
            settings.Options["Project"] = "clinic";
            settings.Options["Location"] = "eu";
        }

        return settings;
    }

    public string Body(params (double Start, double End, string Text)[] segments) => segments.Length == 0 ? "{}" : JsonSerializer.Serialize(new
    {
        results = segments.Select(segment => new JsonObject
        {
            ["alternatives"] = new JsonArray(new JsonObject
            {
                ["transcript"] = " " + segment.Text,
                ["confidence"] = 0.9,
                ["words"] = new JsonArray(new JsonObject
                {
                    ["word"] = segment.Text,
                    [second ? "startOffset" : "startTime"] = Time(segment.Start),
                    [second ? "endOffset" : "endTime"] = Time(segment.End),
                }),
            }),
            [second ? "resultEndOffset" : "resultEndTime"] = Time(segment.End),
            ["languageCode"] = "de-de",
        }),
        totalBilledTime = "15s",
    });

    public byte[] Audio(ProviderRequest request)
    {
        var body = JsonNode.Parse(request.Body)!;
        var decoding = second ? body["config"]!["explicitDecodingConfig"]! : body["config"]!;
        Assert.Equal("LINEAR16", (string)decoding["encoding"]!);
        var content = second ? body["content"]! : body["audio"]!["content"]!;
        return WavWriter.Write(Convert.FromBase64String((string)content!), (int)decoding["sampleRateHertz"]!);
    }

    private static string Time(double seconds) => seconds.ToString("0.000", CultureInfo.InvariantCulture) + "s";
}
