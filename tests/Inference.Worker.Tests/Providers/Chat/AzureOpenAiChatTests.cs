using Voice.Inference.Providers;

namespace Voice.Inference.Tests.Providers.Chat;

public sealed class AzureOpenAiChatTests : ChatConformance
{
    private protected override string Kind => "azure-openai";

    private protected override ChatScript Script { get; } = new ChatCompletionsScript();

    private protected override void Configure(ProviderSettings settings) => settings.BaseUrl = Server.Address;

    [Fact]
    public async Task The_key_is_in_Azures_header_and_the_model_in_the_body()
    {
        // Azure begins with what its content filter says of the prompt.
        const string Filtered = """data: {"choices":[],"created":0,"id":"","model":"","object":"","prompt_filter_results":[{"prompt_index":0,"content_filter_results":{}}]}""";
        Server.Answer = context => SendAsync(context, [Filtered + "\n\n", .. Script.Words("Yes."), .. Script.End()]);

        Assert.Equal("Yes.", (await Chat.GetResponseAsync(Question).OrTimeout()).Text);

        Assert.Equal(("/openai/v1/chat/completions", Key, null), (Asked.Target, Asked.Header("api-key"), Asked.Header("Authorization")));
        Assert.Equal(Model, Body.GetProperty("model").GetString());
    }
}

public sealed class AzureOpenAiDatedChatTests : ChatConformance
{
    private protected override string Kind => "azure-openai";

    private protected override ChatScript Script { get; } = new ChatCompletionsScript();

    private protected override void Configure(ProviderSettings settings) =>
        (settings.BaseUrl, settings.Options["ApiVersion"]) = (new Uri(Server.Address, "openai/v1"), "2024-10-21");

    [Fact]
    public async Task The_deployment_is_in_the_path_and_the_version_in_the_query()
    {
        Server.Answer = context => SendAsync(context, [.. Script.Words("Yes."), .. Script.End()]);

        await Chat.GetResponseAsync(Question, new() { ModelId = "nickname" }).OrTimeout();

        Assert.Equal(("/openai/deployments/real-name/chat/completions?api-version=2024-10-21", Key), (Asked.Target, Asked.Header("api-key")));
    }
}
