using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace Voice.Gateway.Routing.Resilience;

internal sealed class RetryOnAnotherReplica(RequestDelegate next, Retries retries)
{
    public Task InvokeAsync(HttpContext context)
    {
        var proxy = context.GetReverseProxyFeature();
        // The same one again is no better: where there is one replica, nothing is done and nothing kept.
        return proxy.AvailableDestinations.Count < 2 ? next(context) : AskAsync(context, proxy);
    }

    private async Task AskAsync(HttpContext context, IReverseProxyFeature proxy)
    {
        var state = retries.Begin(context, proxy);
        while (true)
        {
            await next(context);
            if (context.GetForwarderErrorFeature() is { } failure)
            {
                retries.Consider(context, state, failure);
            }

            if (state.Take() is not { } others)
            {
                return;
            }

            // As it was before.
            context.Features.Set<IForwarderErrorFeature>(null);
            context.Response.StatusCode = StatusCodes.Status200OK;
            proxy.ProxiedDestination = null;
            proxy.AvailableDestinations = others;
        }
    }
}
