using System.Globalization;
using System.Net;
using Microsoft.Net.Http.Headers;
using Voice.Gateway.AccessLog;
using Voice.Gateway.ApiKeys;
using Voice.Gateway.Authentication;
using Voice.Gateway.Limits;
using Voice.ServiceDefaults.ClientSecrets;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.Usage;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Voice.Gateway.Routing;

/// <summary>
/// What a service is told about a request: a short-lived identity token, for that service alone, instead of the client's credential, and no header through which
/// a client could pretend to be one of us.
/// </summary>
internal sealed class ServiceCredentials(CallerTokens tokens) : ITransformProvider
{
    public void ValidateRoute(TransformRouteValidationContext context)
    {
    }

    public void ValidateCluster(TransformClusterValidationContext context)
    {
    }

    public void Apply(TransformBuilderContext context)
    {
        context.UseDefaultForwarders = false;
        var service = context.Route.Metadata![ForwardingErrors.ServiceMetadata];
        // Pages show what services know: the web app passes the token on, and signs none of its own.
        var audience = service == RouteTable.Web ? $"{RouteTable.Web} {RouteTable.VoiceApi} {RouteTable.Safety} {RouteTable.Export}" : service;
        // What a person makes there ends with the sign-in that it was made in.
        var tellsSignIn = context.Route.RouteId == RouteTable.ClientSecrets;
        context.AddRequestTransform(transform =>
        {
            Replace(transform, audience);
            if (tellsSignIn && transform.HttpContext.User.FindFirst(GatewayClaims.Session)?.Value is { } session)
            {
                transform.ProxyRequest.Headers.TryAddWithoutValidation(ClientSecret.SignInHeader, session);
            }

            return ValueTask.CompletedTask;
        });
        context.AddXForwarded(ForwardedTransformActions.Set);
        context.AddResponseTransform(static transform =>
        {
            // What services say to us, and about what they are made of, ends here.
            var response = transform.HttpContext.Response.Headers;
            response.Remove(HeaderNames.Server);
            response.Remove(HeaderNames.XPoweredBy);
            response.Remove(MeteredRequest.ReservedHeader);
            response.Remove(ClientSecret.HashHeader);
            HideAddress(transform, response);
            if (response.ContentLength is null && transform.ProxyResponse is { StatusCode: not HttpStatusCode.SwitchingProtocols })
            {
                CountedBody.Use(transform.HttpContext);
            }

            return ValueTask.CompletedTask;
        });
    }

    /// <summary>A service that sends somebody on within itself names the address that it knows, which nobody outside can reach or needs to know.</summary>
    private static void HideAddress(ResponseTransformContext transform, IHeaderDictionary response)
    {
        if (response.Location is [{ } location] && transform.ProxyResponse?.RequestMessage?.RequestUri is { } asked
            && Uri.TryCreate(location, UriKind.Absolute, out var target) && target.Scheme == asked.Scheme && target.Authority == asked.Authority)
        {
            // Two slashes would be the address of somebody else.
            response.Location = "/" + (target.PathAndQuery + target.Fragment).TrimStart('/');
        }
    }

    private void Replace(RequestTransformContext transform, string audience)
    {
        var headers = transform.ProxyRequest.Headers;
        headers.Remove(HeaderNames.Authorization);
        headers.Remove(HeaderNames.Cookie);
        // Everything that starts with X- is ours to say: identities, addresses, methods and paths that some framework believes.
        foreach (var name in headers.NonValidated.Select(h => h.Key).Where(n => n.StartsWith("X-", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            headers.Remove(name);
        }

        WithoutKeySubprotocol(transform);
        if (transform.HttpContext.User.Identity is { IsAuthenticated: true })
        {
            headers.TryAddWithoutValidation(HeaderNames.Authorization, tokens.Bearer(transform.HttpContext.User.GetCaller(), audience));
        }

        if (transform.HttpContext.Features.Get<AdmittedClientSecret>() is { } secret)
        {
            headers.TryAddWithoutValidation(ClientSecret.HashHeader, secret.Hash);
        }

        if (transform.HttpContext.Features.Get<UsageReservation>() is { } reservation)
        {
            headers.TryAddWithoutValidation(MeteredRequest.ReservedHeader, reservation.Amount.ToString(CultureInfo.InvariantCulture));
        }

        headers.TryAddWithoutValidation("X-Request-Id", transform.HttpContext.TraceIdentifier);
    }

    private static void WithoutKeySubprotocol(RequestTransformContext transform)
    {
        var headers = transform.ProxyRequest.Headers;
        if (!headers.NonValidated.TryGetValues(HeaderNames.SecWebSocketProtocol, out var offered))
        {
            return;
        }

        var kept = offered.SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Where(protocol => !protocol.StartsWith(ApiKeyCredential.SubprotocolPrefix, StringComparison.Ordinal))
            .ToList();
        headers.Remove(HeaderNames.SecWebSocketProtocol);
        if (kept.Count > 0)
        {
            headers.TryAddWithoutValidation(HeaderNames.SecWebSocketProtocol, string.Join(", ", kept));
        }
    }
}
