using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Voice.Inference.Providers;
using Voice.Inference.Providers.AzureTranslator;

namespace Voice.Inference.Tests.Providers.Translation;

public sealed class AzureTranslatorTests : WireTranslationConformance
{
    private protected override string Kind => "azure-translator";

    private protected override void Configure(ProviderSettings settings) => (settings.BaseUrl, settings.Region) = (Server.Address, "westeurope");

    private protected override Task TranslateAsync(HttpContext context, string translation) =>
        context.Response.WriteAsync(JsonSerializer.Serialize(new[] { new { translations = new[] { new { text = translation, to = "es" } } } }));

    [Fact]
    public async Task The_request_is_the_services_with_key_and_region_in_headers()
    {
        await Translator.TranslateAsync("Good \"day\".", "en-US", "zh-TW", default).AsTask().OrTimeout();

        var asked = Server.Requests.Single();
        Assert.Equal(("POST", "/translate?api-version=3.0&from=en&to=zh-Hant"), (asked.Method, asked.Target));
        Assert.Equal((Key, "westeurope"), (asked.Header("Ocp-Apim-Subscription-Key"), asked.Header("Ocp-Apim-Subscription-Region")));
        Assert.Equal("Good \"day\".", JsonSerializer.Deserialize<JsonElement>(asked.Body)[0].GetProperty("Text").GetString());
    }

    [Theory]
    [InlineData(400019)]
    [InlineData(400023)]
    [InlineData(400036)]
    public async Task A_pair_that_the_service_does_not_have_is_told_as_such(int code)
    {
        Server.Answer = context =>
        {
            context.Response.StatusCode = 400;
            return context.Response.WriteAsync($$$"""{"error":{"code":{{{code}}},"message":"The target language is not valid."}}""");
        };

        Assert.Equal("unsupported_language", (await FailureAsync()).Code);
    }

    [Fact]
    public async Task A_text_beyond_the_services_limit_is_refused_without_asking()
    {
        Assert.Equal("provider_rejected", (await FailureAsync(text: new string('a', 50_001))).Code);
        Assert.Empty(Server.Requests);
    }

    [Theory]
    [InlineData("zh", "zh-Hans")]
    [InlineData("zh-HK", "zh-Hant")]
    [InlineData("pt-BR", "pt")]
    [InlineData("pt-PT", "pt-pt")]
    [InlineData("no", "nb")]
    [InlineData("sr", "sr-Cyrl")]
    [InlineData("sr-Latn-RS", "sr-Latn")]
    [InlineData("HI-in", "hi")]
    [InlineData("xx", null)]
    public void Tags_become_the_services_codes(string tag, string? code) => Assert.Equal(code, AzureTranslatorLanguages.Find(tag));
}
