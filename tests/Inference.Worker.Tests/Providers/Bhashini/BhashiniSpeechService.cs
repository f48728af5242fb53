using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Voice.Inference.Providers;
using Voice.Inference.Providers.Bhashini;
using Voice.Inference.Tests.Providers.Speech;

namespace Voice.Inference.Tests.Providers.Bhashini;

/// <summary>The task <c>tts</c>, at a server of its own or by way of the directory.</summary>
internal sealed class BhashiniSpeechService(bool direct) : ISpeechService
{
    private const string ComputeKey = "key-of-the-directory";

    private ProviderServer? _server;

    public bool Streams => false;

    public string? ForeignLanguage => "de";

    public (string Path, string Body)? Voices => null;

    public string CheckAnswer => direct ? "[]" : Route;

    private string Route => new JsonObject
    {
        ["pipelineInferenceAPIEndPoint"] = new JsonObject
        {
            ["callbackUrl"] = new Uri(_server!.Address, "services/inference/pipeline").AbsoluteUri,
            ["inferenceApiKey"] = new JsonObject { ["name"] = "Authorization", ["value"] = ComputeKey },
        },
        ["pipelineResponseConfig"] = new JsonArray(new JsonObject { ["taskType"] = "tts", ["config"] = new JsonArray(new JsonObject { ["serviceId"] = "ai4bharat/indic-tts" }) }),
    }.ToJsonString();

    public IProviderKind Kind(ProviderHttp http, TimeProvider time) => new BhashiniKind(http, time);

    public ProviderSettings Settings(Uri address)
    {
        var settings = new ProviderSettings { Kind = "bhashini", BaseUrl = address, ApiKey = ISpeechService.Key, Timeout = TimeSpan.FromSeconds(5) };
        if (!direct)
        {
            settings.Options["UserId"] = "user-1";
        }

        return settings;
    }

    public void Serve(ProviderServer server, SpeechScript script)
    {
        _server = server;
        var speak = BodyLine.Serve(
            script,
            "/services/inference/pipeline",
            request => (string)JsonNode.Parse(request.Text)!["inputData"]!["input"]![0]!["source"]!,
            (context, text) => new FileLine(context, text, """{"pipelineResponse":[{"taskType":"tts","config":{},"audio":[{"audioContent":"@","audioUri":null}]}]}"""));
        server.Answer = context =>
        {
            if (direct || context.Request.Path != "/ulca/apis/v0/model/getModelsPipeline")
            {
                var key = context.Request.Headers.Authorization.ToString();
                return key == (direct ? ISpeechService.Key : ComputeKey) ? speak(context) : context.Response.WriteAsync("wrong key", context.RequestAborted);
            }

            Assert.Equal((ISpeechService.Key, "user-1"), (context.Request.Headers["ulcaApiKey"].ToString(), context.Request.Headers["userID"].ToString()));
            return context.Response.WriteAsync(Route, context.RequestAborted);
        };
    }
}
