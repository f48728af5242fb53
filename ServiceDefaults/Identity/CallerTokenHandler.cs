using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Voice.ServiceDefaults.Identity;

/// <summary>
/// For calls between services: who is calling, and the id of the request that the call is part of. A service that signs tokens itself says
/// it in one of its own; any other passes on the one it was called with, which the gateway made for both.
/// </summary>
internal sealed class CallerTokenHandler(IServiceProvider services, CurrentCaller caller, IHttpContextAccessor accessor, string audience, ScopeSet? own) : DelegatingHandler
{
    private const string RequestIdHeader = "X-Request-Id";

    private readonly IdentityTokens? _tokens = services.GetService<IdentityTokens>();

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token());
        if (accessor.HttpContext is { } context && !request.Headers.Contains(RequestIdHeader))
        {
            request.Headers.TryAddWithoutValidation(RequestIdHeader, context.TraceIdentifier);
        }

        return base.SendAsync(request, cancellationToken);
    }

    private string Token()
    {
        if (_tokens is not null)
        {
            return _tokens.Issue(own is { } scopes ? caller.Value with { Scopes = scopes } : caller.Value, audience);
        }

        return accessor.HttpContext?.Features.Get<ReceivedToken>()?.Value
            ?? throw new InvalidOperationException($"There is no token to call {audience} with: this service signs none, and nobody called it.");
    }
}
