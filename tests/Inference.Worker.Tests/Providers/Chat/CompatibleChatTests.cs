using Microsoft.Extensions.AI;
using Voice.Core.Providers;
using Voice.Inference.Providers;

namespace Voice.Inference.Tests.Providers.Chat;

public sealed class CompatibleChatTests : ChatConformance
{
    private protected override string Kind => "openai-compatible";

    private protected override ChatScript Script { get; } = new ChatCompletionsScript();

    private protected override void Configure(ProviderSettings settings) =>
        (settings.BaseUrl, settings.ApiKey, settings.Options["Dialect"]) = (new Uri(Server.Address, "v1"), null, "vllm");

    [Fact]
    public async Task A_server_of_ones_own_wants_no_key_and_the_older_name_of_the_limit()
    {
        Server.Answer = context => SendAsync(context, [.. Script.Words("Yes."), .. Script.End()]);

        await Chat.GetResponseAsync(Question, new() { MaxOutputTokens = 50 }).OrTimeout();

        Assert.Equal(("/v1/chat/completions", null), (Asked.Target, Asked.Header("Authorization")));
        Assert.Equal(50, Body.GetProperty("max_tokens").GetInt32());
        Assert.False(Body.TryGetProperty("max_completion_tokens", out _));
        Assert.True(Provider.IsLocal);
    }
}

public sealed class OllamaChatTests : ChatConformance
{
    private protected override string Kind => "openai-compatible";

    private protected override ChatScript Script { get; } = new ChatCompletionsScript();

    private protected override void Configure(ProviderSettings settings) => (settings.BaseUrl, settings.Options["Dialect"]) = (new Uri(Server.Address, "v1"), "ollama");

    [Fact]
    public async Task A_tool_that_must_be_called_is_refused_where_the_server_would_pass_it_over()
    {
        var options = WithTools();
        options.ToolMode = ChatToolMode.RequireAny;

        var failure = await Assert.ThrowsAsync<ProviderException>(() => Chat.GetResponseAsync(Question, options)).OrTimeout();

        Assert.Equal("provider_rejected", failure.Code);
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public async Task A_tool_that_may_not_be_called_is_not_offered()
    {
        Server.Answer = context => SendAsync(context, [.. Script.Words("Yes."), .. Script.End()]);
        var options = WithTools();
        options.ToolMode = ChatToolMode.None;

        await Chat.GetResponseAsync(Question, options).OrTimeout();

        Assert.False(Body.TryGetProperty("tools", out _));
    }
}
