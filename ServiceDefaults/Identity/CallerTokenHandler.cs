using System.Net.Http.Headers;

namespace Voice.ServiceDefaults.Identity;

internal sealed class CallerTokenHandler(IdentityTokens tokens, CurrentCaller caller) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens.Issue(caller.Value));
        return base.SendAsync(request, cancellationToken);
    }
}
