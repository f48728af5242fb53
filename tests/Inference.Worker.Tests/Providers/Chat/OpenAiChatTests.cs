using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Voice.Inference.Providers;

namespace Voice.Inference.Tests.Providers.Chat;

public sealed class OpenAiChatTests : ChatConformance
{
    private protected override string Kind => "openai";

    private protected override ChatScript Script { get; } = new ChatCompletionsScript();

    private protected override void Configure(ProviderSettings settings) => settings.BaseUrl = new Uri(Server.Address, "v1/");

    [Fact]
    public async Task The_request_is_OpenAIs()
    {
        Server.Answer = context => SendAsync(context, [.. Script.Words("Yes."), .. Script.End()]);
        var options = new ChatOptions
        {
            ModelId = "nickname",
            Temperature = 0.5f,
            MaxOutputTokens = 50,
            StopSequences = ["\n"],
            AdditionalProperties = new() { ["metadata"] = new { mode = "agent" } },
        };

        await Chat.GetResponseAsync(Question, options).OrTimeout();

        Assert.Equal(("POST", "/v1/chat/completions", $"Bearer {Key}"), (Asked.Method, Asked.Target, Asked.Header("Authorization")));
        Assert.Equal(
            """{"model":"real-name","messages":[{"role":"system","content":"You are a receptionist."},{"role":"user","content":"when do you open"}],"stream":true,"stream_options":{"include_usage":true},"temperature":0.5,"max_completion_tokens":50,"stop":["\n"]}""",
            Asked.Text);
    }

    [Fact]
    public async Task Tools_a_schema_and_a_picture_are_sent_as_OpenAI_takes_them()
    {
        Server.Answer = context => SendAsync(context, Script.Calls());
        var options = WithTools();
        options.ToolMode = ChatToolMode.RequireAny;
        options.AllowMultipleToolCalls = true;
        options.ResponseFormat = ChatResponseFormat.ForJsonSchema(
            JsonDocument.Parse("""{"type":"object","properties":{"day":{"type":"string"}},"required":["day"],"additionalProperties":false}""").RootElement, "booking");
        options.Reasoning = new() { Effort = ReasoningEffort.Low };
        List<ChatMessage> seen = [new(ChatRole.User, [new TextContent("What is this?"), new DataContent(new byte[] { 1, 2 }, "image/png")])];

        await Chat.GetResponseAsync(seen, options).OrTimeout();

        Assert.Equal("""[{"role":"user","content":[{"type":"text","text":"What is this?"},{"type":"image_url","image_url":{"url":"data:image/png;base64,AQI="}}]}]""", Body.GetProperty("messages").GetRawText());
        Assert.Equal(["book", "hours"], Body.GetProperty("tools").EnumerateArray().Select(tool => tool.GetProperty("function").GetProperty("name").GetString()));
        Assert.Equal(("required", true, "low"), (Body.GetProperty("tool_choice").GetString(), Body.GetProperty("parallel_tool_calls").GetBoolean(), Body.GetProperty("reasoning_effort").GetString()));
        var format = Body.GetProperty("response_format");
        Assert.Equal(("json_schema", "booking", true), (format.GetProperty("type").GetString(), format.GetProperty("json_schema").GetProperty("name").GetString(), format.GetProperty("json_schema").GetProperty("strict").GetBoolean()));
    }

    [Theory]
    [InlineData("""data: {"error":"model crashed"}""", "provider_failed")]
    [InlineData("""data: {"error":{"message":"x","code":503}}""", "provider_unavailable")]
    [InlineData("""data: {"object":"error","message":"Too long.","type":"BadRequestError","code":400}""", "provider_rejected")]
    [InlineData("event: error\ndata: {\"message\":\"x\"}", "provider_failed")]
    [InlineData("""data: {"choices":[{"index":0,"delta":{},"finish_reason":"abort"}]}""", "provider_failed")]
    public async Task Errors_in_a_stream_are_known_in_every_servers_form(string frame, string code)
    {
        Server.Answer = context => SendAsync(context, [.. Script.Words("We "), frame + "\n\n"]);

        var failure = await Assert.ThrowsAsync<Voice.Core.Providers.ProviderException>(() => Chat.GetResponseAsync(Question)).OrTimeout();

        Assert.Equal(code, failure.Code);
    }

    [Fact]
    public async Task Usage_that_comes_with_every_chunk_counts_once()
    {
        string Chunk(int so, string reason) =>
            $$$"""data: {"choices":[{"index":0,"delta":{"content":"a"},"finish_reason":{{{reason}}}}],"usage":{"prompt_tokens":12,"completion_tokens":{{{so}}},"total_tokens":{{{12 + so}}}}}""" + "\n\n";
        Server.Answer = context => SendAsync(context, Chunk(1, "null"), Chunk(2, "\"\""), Chunk(3, "\"stop\""));

        var response = await Chat.GetResponseAsync(Question).OrTimeout();

        Assert.Equal(("aaa", 12L, 3L, 15L), (response.Text, response.Usage!.InputTokenCount, response.Usage.OutputTokenCount, response.Usage.TotalTokenCount));
    }

    [Fact]
    public async Task A_request_is_passed_on_whole_but_for_its_model()
    {
        Server.Answer = context => context.Response.WriteAsync("""{"choices":[]}""");
        var request = new JsonObject { ["model"] = "nickname", ["messages"] = new JsonArray(), ["logit_bias"] = new JsonObject { ["5"] = 1 } };

        using var response = await Provider.Forwarder!.SendAsync(request, "nickname", default).OrTimeout();

        Assert.Equal("""{"choices":[]}""", await response.Content.ReadAsStringAsync());
        Assert.Equal("""{"model":"real-name","messages":[],"logit_bias":{"5":1}}""", Asked.Text);
        Assert.Equal("nickname", (string)request["model"]!);
    }

    [Fact]
    public async Task The_check_lists_models()
    {
        Server.Answer = context => context.Response.WriteAsync("""{"object":"list","data":[]}""");

        await Provider.CheckAsync(default).OrTimeout();

        Assert.Equal(("GET", "/v1/models", $"Bearer {Key}"), (Asked.Method, Asked.Target, Asked.Header("Authorization")));
    }
}
