using System.Net.Http.Headers;
using Azure.Core;
using Azure.Identity;

namespace Voice.ServiceDefaults.Http;

/// <summary>
/// Signs requests to Azure OpenAI with a token of the service's own identity, where no key is configured. Every other host gets
/// nothing: a token that goes to the wrong server is a credential given away.
/// </summary>
internal sealed class AzureOpenAiTokenHandler(Lazy<TokenCredential> credential) : DelegatingHandler
{
    private static readonly string[] Scopes = ["https://cognitiveservices.azure.com/.default"];

    private static readonly string[] Hosts = [".openai.azure.com", ".cognitiveservices.azure.com", ".services.ai.azure.com"];

    // A key in a header of its own says who asks; a token beside it would be a second answer to the same question.
    private static readonly string[] KeyHeaders = ["api-key", "Ocp-Apim-Subscription-Key"];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Headers.Authorization is null && !KeyHeaders.Any(request.Headers.Contains) && request.RequestUri is { Scheme: "https", Host: var host }
            && Hosts.Any(suffix => host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)))
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await GetTokenAsync(cancellationToken));
        }

        return await base.SendAsync(request, cancellationToken);
    }

    private async Task<string> GetTokenAsync(CancellationToken cancellationToken)
    {
        try
        {
            // The credential keeps the token until shortly before it expires.
            return (await credential.Value.GetTokenAsync(new TokenRequestContext(Scopes), cancellationToken)).Token;
        }
        catch (AuthenticationFailedException exception)
        {
            throw new HttpRequestException("This service has no identity that Azure OpenAI accepts.", exception);
        }
    }
}
