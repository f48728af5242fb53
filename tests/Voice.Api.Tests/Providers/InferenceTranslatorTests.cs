using System.Text.Json;
using Voice.Api.Tests.Support;
using Voice.Core.Providers;

namespace Voice.Api.Tests.Providers;

public sealed class InferenceTranslatorTests
{
    [Fact]
    public async Task Translates_and_tells_an_unsupported_pair_from_a_failure()
    {
        await using var inference = await FakeInference.StartAsync();
        await using var host = new ProviderHost(inference.Address);
        var body = new TaskCompletionSource<JsonElement>();
        inference.Translation = async context =>
        {
            body.SetResult(await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body));
            await FakeInference.Json(200, """{"text":"¿Dónde le duele?","model":"apertium","source_language":"en","target_language":"es"}""")(context);
        };

        Assert.Equal("¿Dónde le duele?", await host.Translator.TranslateAsync("Where does it hurt?", "en", "es", CancellationToken.None).AsTask().OrTimeout());
        Assert.Equal(
            """{"input":"Where does it hurt?","source_language":"en","target_language":"es"}""", (await body.Task).GetRawText());

        inference.Translation = FakeInference.Json(400, """{"error":{"message":"No pair en-ko.","type":"invalid_request_error","param":null,"code":"unsupported_language"}}""");
        Assert.Equal("unsupported_language", (await FailureAsync(host)).Code);

        inference.Translation = FakeInference.Json(200, "{}");
        Assert.Equal("provider_failed", (await FailureAsync(host)).Code);

        inference.Translation = FakeInference.Json(200, "half a");
        Assert.Equal("provider_failed", (await FailureAsync(host)).Code);
    }

    private static Task<ProviderException> FailureAsync(ProviderHost host) => Assert.ThrowsAsync<ProviderException>(
        () => host.Translator.TranslateAsync("Where does it hurt?", "en", "ko", CancellationToken.None).AsTask()).OrTimeout();
}
