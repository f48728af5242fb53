using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Voice.Inference.Providers;

namespace Voice.Inference.Tests.Providers.Chat;

public sealed class AnthropicChatTests : ChatConformance
{
    private protected override string Kind => "anthropic";

    private protected override ChatScript Script { get; } = new AnthropicScript();

    private protected override void Configure(ProviderSettings settings) => settings.BaseUrl = Server.Address;

    [Fact]
    public async Task The_request_is_Anthropics()
    {
        Server.Answer = context => SendAsync(context, Script.Calls());
        var options = WithTools();
        (options.ModelId, options.ToolMode, options.AllowMultipleToolCalls) = ("nickname", ChatToolMode.RequireSpecific("book"), false);
        List<ChatMessage> messages =
        [
            .. Question, new(ChatRole.Assistant, [new FunctionCallContent("toolu_1", "hours") { RawRepresentation = "{}" }]),
            new(ChatRole.Tool, [new FunctionResultContent("toolu_1", "8 to 18")]),
        ];

        await Chat.GetResponseAsync(messages, options).OrTimeout();

        Assert.Equal(("POST", "/v1/messages", $"Bearer {Key}"), (Asked.Method, Asked.Target, Asked.Header("Authorization")));
        Assert.NotNull(Asked.Header("anthropic-version"));
        Assert.Equal(("real-name", 4_096, true), (Body.GetProperty("model").GetString(), Body.GetProperty("max_tokens").GetInt32(), Body.GetProperty("stream").GetBoolean()));
        Assert.Equal("You are a receptionist.", Body.GetProperty("system")[0].GetProperty("text").GetString());
        Assert.Equal(("tool_use", "tool_result"), (Type(1), Type(2)));
        var choice = Body.GetProperty("tool_choice");
        Assert.Equal(("tool", "book", true), (choice.GetProperty("type").GetString(), choice.GetProperty("name").GetString(), choice.GetProperty("disable_parallel_tool_use").GetBoolean()));

        string? Type(int message) => Body.GetProperty("messages")[message].GetProperty("content")[0].GetProperty("type").GetString();
    }

    [Fact]
    public async Task A_schema_is_the_format_of_the_output()
    {
        Server.Answer = context => SendAsync(context, [.. Script.Words("{}"), .. Script.End()]);
        var schema = JsonDocument.Parse("""{"type":"object","properties":{},"additionalProperties":false}""").RootElement;

        await Chat.GetResponseAsync(Question, new() { ResponseFormat = ChatResponseFormat.ForJsonSchema(schema), MaxOutputTokens = 77 }).OrTimeout();

        Assert.Equal("json_schema", Body.GetProperty("output_config").GetProperty("format").GetProperty("type").GetString());
        Assert.Equal(77, Body.GetProperty("max_tokens").GetInt32());
    }

    [Fact]
    public async Task The_check_lists_models()
    {
        Server.Answer = context =>
        {
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync("""{"data":[],"first_id":null,"has_more":false,"last_id":null}""");
        };

        await Provider.CheckAsync(default).OrTimeout();

        Assert.Equal(("GET", $"Bearer {Key}"), (Asked.Method, Asked.Header("Authorization")));
        Assert.StartsWith("/v1/models", Asked.Target);
    }
}
