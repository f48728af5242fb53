using Microsoft.Extensions.Options;

namespace Voice.Inference.Tests.Providers.Routing;

/// <summary>Bad settings stop start-up: the key is named, its value never is.</summary>
public sealed class ProviderSettingsTests
{
    private const string Secret = "sk-secret";

    [Theory]
    [InlineData("Providers:alpha:Kind", Secret, "Providers:alpha:Kind is none of")]
    [InlineData("Providers:alpha:ApiKey", null, "Providers:alpha:ApiKey is required")]
    [InlineData("Providers:alpha:Timeout", Secret, "Providers:alpha has a value that cannot be read")]
    [InlineData("Providers:alpha:Timeout", "01:00:00", "Providers:alpha:Timeout must be between 1 s and 10 min")]
    [InlineData("Providers:alpha:BaseUrl", "ftp://sk-secret.example", "Providers:alpha:BaseUrl must be")]
    [InlineData("Providers:alpha:MaxConcurrent", "0", "Providers:alpha:MaxConcurrent must be")]
    [InlineData("Providers:alpha:RequestsPerSecond", "-1", "Providers:alpha:RequestsPerSecond must be")]
    [InlineData("Providers:alpha:Prices:Chat:PerMillionInputTokens", "-1", "Providers:alpha:Prices:Chat must")]
    [InlineData("Providers:fastest:Kind", "scripted", "Providers:fastest is no name")]
    [InlineData("Providers:espeak-ng:Kind", "scripted", "Providers:espeak-ng is no name")]
    [InlineData("Defaults:Smell:any:0", "alpha", "Defaults:Smell is no capability")]
    [InlineData("Defaults:Chat:any:0", "sk-secret", "Defaults:Chat:any names a provider that is not configured")]
    public async Task Stop_the_start(string key, string? value, string expected)
    {
        await using var worker = new ProviderWorker("alpha").With(key, value);
        var failure = Assert.Throws<OptionsValidationException>(() => worker.Client());
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plain_value_of_that_name_is_no_provider()
    {
        await using var worker = new ProviderWorker("alpha").With("Providers:FirstText", "00:00:08");
        using var client = worker.Client();
        Assert.NotNull(client);
    }
}
