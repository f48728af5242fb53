namespace Voice.Core.Providers.ChatCompletions;

/// <summary>In what the servers behind <c>/v1/chat/completions</c> differ.</summary>
public sealed record ChatCompletionsDialect
{
    /// <summary>The worker of this platform: takes what a conversation is about as metadata.</summary>
    public static readonly ChatCompletionsDialect Own = new() { Metadata = true };

    /// <summary>OpenAI and Azure OpenAI. Metadata is refused there but for answers that are to be stored, which ours are not.</summary>
    public static readonly ChatCompletionsDialect OpenAi = new() { ReasoningEffort = true };

    /// <summary>vLLM, llama.cpp and most others: they know the older name of the limit, and not all of them the newer.</summary>
    public static readonly ChatCompletionsDialect Compatible = new() { MaxTokens = "max_tokens" };

    /// <summary>Ollama has no <c>tool_choice</c>, and passes it over without a word.</summary>
    public static readonly ChatCompletionsDialect Ollama = new() { MaxTokens = "max_tokens", ToolChoice = false, ReasoningEffort = true };

    /// <summary>The field with the most tokens to answer with.</summary>
    public string MaxTokens { get; init; } = "max_completion_tokens";

    public bool Metadata { get; init; }

    public bool ToolChoice { get; init; } = true;

    public bool ReasoningEffort { get; init; }
}
