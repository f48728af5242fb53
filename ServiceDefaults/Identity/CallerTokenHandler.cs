using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;

namespace Voice.ServiceDefaults.Identity;

/// <summary>For calls between services: who is calling, and the id of the request that the call is part of.</summary>
internal sealed class CallerTokenHandler(IdentityTokens tokens, CurrentCaller caller, IHttpContextAccessor accessor, ScopeSet own) : DelegatingHandler
{
    private const string RequestIdHeader = "X-Request-Id";

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens.Issue(caller.Value with { Scopes = caller.Value.Scopes | own }));
        if (accessor.HttpContext is { } context && !request.Headers.Contains(RequestIdHeader))
        {
            request.Headers.TryAddWithoutValidation(RequestIdHeader, context.TraceIdentifier);
        }

        return base.SendAsync(request, cancellationToken);
    }
}
