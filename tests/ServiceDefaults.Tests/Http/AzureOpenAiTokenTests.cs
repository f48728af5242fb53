using System.Net.Http.Headers;
using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.DependencyInjection;
using Voice.ServiceDefaults.Http;

namespace ServiceDefaults.Tests.Http;

public class AzureOpenAiTokenTests
{
    [Theory]
    [InlineData("https://voice.openai.azure.com/openai/v1/audio/speech")]
    [InlineData("https://voice.cognitiveservices.azure.com/openai/v1/audio/speech")]
    public async Task A_request_to_Azure_OpenAI_without_a_key_goes_out_as_the_service(string url)
    {
        Assert.Equal("Bearer token-of-the-service", await AuthorizationAsync(url));
    }

    [Theory]
    [InlineData("https://api.openai.com/v1/audio/speech")]
    [InlineData("https://openai.azure.com.example/v1")]
    [InlineData("https://notopenai.azure.com/v1")]
    [InlineData("http://voice.openai.azure.com/openai/v1")]
    [InlineData("http://localhost:8000/v1")]
    public async Task No_other_server_gets_the_token(string url)
    {
        Assert.Null(await AuthorizationAsync(url));
    }

    [Fact]
    public async Task A_configured_key_is_left_as_it_is()
    {
        Assert.Equal("Bearer key", await AuthorizationAsync("https://voice.openai.azure.com/openai/v1", new AuthenticationHeaderValue("Bearer", "key")));
    }

    [Theory]
    [InlineData("https://voice.openai.azure.com/openai/v1", "api-key")]
    [InlineData("https://voice.cognitiveservices.azure.com/speechtotext/transcriptions:transcribe", "Ocp-Apim-Subscription-Key")]
    public async Task A_key_in_a_header_of_its_own_goes_alone(string url, string header)
    {
        Assert.Null(await AuthorizationAsync(url, header: header));
    }

    [Fact]
    public async Task Without_an_identity_the_request_fails_as_one_that_reached_nobody()
    {
        var error = await Assert.ThrowsAsync<HttpRequestException>(
            () => AuthorizationAsync("https://voice.openai.azure.com/openai/v1", credential: new Fake(() => throw new CredentialUnavailableException("none"))));

        Assert.Contains("no identity", error.Message);
    }

    private static async Task<string?> AuthorizationAsync(string url, AuthenticationHeaderValue? key = null, TokenCredential? credential = null, string? header = null)
    {
        var server = new Recorder();
        var services = new ServiceCollection();
        services.AddSingleton(new Lazy<TokenCredential>(() => credential ?? new Fake(() => "token-of-the-service")));
        services.AddHttpClient("upstream").AddAzureOpenAiTokens().ConfigurePrimaryHttpMessageHandler(() => server);
        await using var provider = services.BuildServiceProvider();

        using var request = new HttpRequestMessage(HttpMethod.Post, url);
        request.Headers.Authorization = key;
        if (header is not null)
        {
            request.Headers.Add(header, "key");
        }

        using var response = await provider.GetRequiredService<IHttpClientFactory>().CreateClient("upstream").SendAsync(request);
        return server.Authorization;
    }

    private sealed class Recorder : HttpMessageHandler
    {
        public string? Authorization { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Authorization = request.Headers.Authorization?.ToString();
            return Task.FromResult(new HttpResponseMessage());
        }
    }

    private sealed class Fake(Func<string> token) : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(token(), DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }
}
