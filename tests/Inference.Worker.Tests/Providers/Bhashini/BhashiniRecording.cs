using System.Text.Json;
using System.Text.Json.Nodes;
using Voice.Inference.Providers;
using Voice.Inference.Providers.Bhashini;
using Voice.Inference.Tests.Providers.Hearing;

namespace Voice.Inference.Tests.Providers.Bhashini;

/// <summary>The task <c>asr</c>, at the place that the directory names or at a Dhruva server.</summary>
internal sealed class BhashiniRecording(bool direct) : IFileService
{
    private Uri _address = null!;

    public string Path => direct ? "/services/inference/pipeline" : "/compute";

    public bool HasTimes => false;

    public bool TakesPrompt => false;

    public string Language => "hi-IN";

    public string Asked => "\"sourceLanguage\":\"hi\"";

    public IProviderKind Kind(ProviderHttp http, TimeProvider time) => new BhashiniKind(http, time);

    public ProviderSettings Settings(Uri address)
    {
        _address = address;
        var settings = new ProviderSettings { Kind = "bhashini", BaseUrl = address, ApiKey = "set by the suite" };
        if (!direct)
        {
            settings.Options["UserId"] = "user";
        }

        return settings;
    }

    public string Body(params (double Start, double End, string Text)[] segments) => JsonSerializer.Serialize(new
    {
        pipelineResponse = new[] { new { taskType = "asr", config = (object?)null, output = segments.Select(segment => new { source = segment.Text, target = (string?)null }), audio = (object?)null } },
    });

    public string? Other(ProviderRequest request) => request.Target != "/ulca/apis/v0/model/getModelsPipeline" ? null : JsonSerializer.Serialize(new
    {
        pipelineInferenceAPIEndPoint = new { callbackUrl = new Uri(_address, "compute"), inferenceApiKey = new { name = "Authorization", value = "key-of-the-directory" } },
        pipelineResponseConfig = new[] { new { taskType = "asr", config = new[] { new { serviceId = "ai4bharat/conformer-hi" } } } },
    });

    public byte[] Audio(ProviderRequest request)
    {
        var body = JsonNode.Parse(request.Body)!;
        Assert.Equal(direct ? null : "ai4bharat/conformer-hi", (string?)body["pipelineTasks"]![0]!["config"]!["serviceId"]);
        return Convert.FromBase64String((string)body["inputData"]!["audio"]![0]!["audioContent"]!);
    }
}
