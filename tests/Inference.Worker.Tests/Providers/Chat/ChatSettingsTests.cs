using Voice.Inference.Providers;

namespace Voice.Inference.Tests.Providers.Chat;

public sealed class ChatSettingsTests : IAsyncLifetime
{
    private readonly ProviderKit _kit = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _kit.DisposeAsync().AsTask();

    [Theory]
    [InlineData("openai", "", "ApiKey")]
    [InlineData("openai", "ApiKey=k;BaseUrl=ftp://x", "BaseUrl")]
    [InlineData("openai", "ApiKey=k", "")]
    [InlineData("azure-openai", "ApiKey=k", "BaseUrl")]
    [InlineData("azure-openai", "BaseUrl=https://r.openai.azure.com", "")]
    [InlineData("azure-openai", "BaseUrl=https://r.openai.azure.com;ApiVersion=latest", "ApiVersion")]
    [InlineData("azure-openai", "BaseUrl=https://r.openai.azure.com;ApiVersion=2025-01-01-preview", "")]
    [InlineData("openai-compatible", "", "BaseUrl")]
    [InlineData("openai-compatible", "BaseUrl=http://h:1/v1;Dialect=klingon", "Dialect")]
    [InlineData("openai-compatible", "BaseUrl=http://h:1/v1;Dialect=Ollama", "")]
    [InlineData("anthropic", "ApiKey=k", "Model")]
    [InlineData("anthropic", "Model=m", "ApiKey")]
    [InlineData("anthropic", "ApiKey=k;Model=m;MaxOutputTokens=0", "MaxOutputTokens")]
    [InlineData("anthropic", "ApiKey=k;Model=m;MaxOutputTokens=100", "")]
    [InlineData("azure-translator", "", "ApiKey")]
    [InlineData("azure-translator", "ApiKey=k;BaseUrl=x://y", "BaseUrl")]
    [InlineData("azure-translator", "ApiKey=k;Region=westeurope", "")]
    public void What_is_wrong_with_settings_is_named_without_its_value(string kind, string given, string key)
    {
        var settings = new ProviderSettings { Kind = kind };
        foreach (var pair in given.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=')))
        {
            switch (pair[0])
            {
                case "ApiKey": settings.ApiKey = pair[1]; break;
                case "BaseUrl": settings.BaseUrl = new Uri(pair[1]); break;
                case "Model": settings.Model = pair[1]; break;
                case "Region": settings.Region = pair[1]; break;
                default: settings.Options[pair[0]] = pair[1]; break;
            }
        }

        var wrong = _kit.Kind(kind).Check(settings).ToList();

        Assert.Equal(key.Length == 0 ? 0 : 1, wrong.Count);
        Assert.All(wrong, message => Assert.Contains(key, message));
        Assert.All(wrong, message => Assert.DoesNotContain("klingon", message));
    }
}
