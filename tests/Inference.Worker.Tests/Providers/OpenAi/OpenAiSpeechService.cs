using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Voice.Inference.Providers;
using Voice.Inference.Providers.OpenAi;
using Voice.Inference.Tests.Providers.Speech;

namespace Voice.Inference.Tests.Providers.OpenAi;

/// <summary><c>/audio/speech</c> as bare audio or as events, of OpenAI, of Azure's dated API, or of another server.</summary>
internal sealed class OpenAiSpeechService(string kind, bool events = false) : ISpeechService
{
    public bool FollowsInstructions => kind != "openai-compatible";

    public (string Path, string Body)? Voices => kind == "openai-compatible" ? ("/v1/audio/voices", """{"voices":[{"id":"v-one","language":"en-US","gender":"female"},"v-two"]}""") : null;

    public IProviderKind Kind(ProviderHttp http, TimeProvider time)
    {
        var providers = new OpenAiProviders(http, time);
        return kind switch
        {
            "openai" => new OpenAiKind(providers),
            "azure-openai" => new AzureOpenAiKind(providers),
            _ => new OpenAiCompatibleKind(providers),
        };
    }

    public ProviderSettings Settings(Uri address)
    {
        var settings = new ProviderSettings
        {
            Kind = kind,
            BaseUrl = kind == "azure-openai" ? address : new Uri(address, "v1"),
            ApiKey = ISpeechService.Key,
            Timeout = TimeSpan.FromSeconds(5),
            Options = { ["SpeechEvents"] = events ? "true" : "false" },
        };
        if (kind == "azure-openai")
        {
            (settings.Options["ApiVersion"], settings.Options["SpeechModel"]) = ("2025-03-01-preview", "gpt-voice");
        }
        else if (kind == "openai-compatible")
        {
            (settings.Options["SpeechModel"], settings.Options["Serves"]) = ("kokoro", "speech");
        }

        return settings;
    }

    public void Serve(ProviderServer server, SpeechScript script) => server.Answer = BodyLine.Serve(
        script,
        kind == "azure-openai" ? "/openai/deployments/gpt-voice/audio/speech" : "/v1/audio/speech",
        request => (string)JsonNode.Parse(request.Text)!["input"]!,
        events ? (context, text) => new EventLine(context, text) : null);

    private sealed class EventLine(HttpContext context, string text) : SpeechLine(text, context.RequestAborted)
    {
        public override Task AudioAsync(ReadOnlyMemory<byte> pcm) =>
            WriteAsync($$"""data: {"type":"speech.audio.delta","audio":"{{Convert.ToBase64String(pcm.Span)}}"}""" + "\n\n");

        public override Task EndAsync() => WriteAsync("data: {\"type\":\"speech.audio.done\",\"usage\":{\"input_tokens\":1,\"output_tokens\":2,\"total_tokens\":3}}\n\n");

        public override Task GarbageAsync() => WriteAsync("data: {\"type\":\"speech.audio.delta\",\"audio\":7}\n\n");

        public override void Cut() => context.Abort();

        private async Task WriteAsync(string text)
        {
            context.Response.ContentType ??= "text/event-stream";
            foreach (var part in Encoding.UTF8.GetBytes(text).Chunk(1_000))
            {
                await context.Response.Body.WriteAsync(part, Token);
                await context.Response.Body.FlushAsync(Token);
            }
        }
    }
}
