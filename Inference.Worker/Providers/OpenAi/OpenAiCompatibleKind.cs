namespace Voice.Inference.Providers.OpenAi;

/// <summary>Any server of OpenAI's REST API: vLLM, Ollama, llama.cpp, and more. In what they differ is <c>Options:Dialect</c>.</summary>
internal sealed class OpenAiCompatibleKind(OpenAiProviders providers) : IProviderKind
{
    public const string KindName = "openai-compatible";

    public string Name => KindName;

    public IEnumerable<string> Check(ProviderSettings settings) => [.. OpenAiSettings.CheckCompatible(settings), .. OpenAiSettings.CheckAny(settings), .. OpenAiHearing.Check(settings)];

    public Provider Create(string name, ProviderSettings settings) =>
        providers.Create(name, Name, settings, OpenAiSettings.Compatible(name, settings)) with { IsLocal = OpenAiSettings.IsLocal(settings) };
}
