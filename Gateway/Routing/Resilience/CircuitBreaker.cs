using System.Globalization;
using Voice.ServiceDefaults.Errors;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace Voice.Gateway.Routing.Resilience;

/// <summary>
/// Before load balancing: takes out the destinations whose circuit is open, and answers 503 at once where none is left, instead of having everybody wait for what
/// others have waited for in vain.
/// </summary>
internal sealed class CircuitBreaker(RequestDelegate next, Circuits circuits, RoutingMetrics metrics)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var proxy = context.GetReverseProxyFeature();
        if (!AllClosed(proxy.AvailableDestinations) && !Choose(context, proxy))
        {
            await RefuseAsync(context, proxy);
            return;
        }

        await next(context);
        if (proxy.ProxiedDestination is { } destination && context.GetForwarderErrorFeature() is { } failure)
        {
            circuits.Ended(destination, failure.Error);
        }
    }

    private bool AllClosed(IReadOnlyList<DestinationState> destinations)
    {
        for (var i = 0; i < destinations.Count; i++)
        {
            if (!circuits.Of(destinations[i]).IsClosed)
            {
                return false;
            }
        }

        return true;
    }

    private bool Choose(HttpContext context, IReverseProxyFeature proxy)
    {
        List<DestinationState> closed = [.. proxy.AvailableDestinations.Where(destination => circuits.Of(destination).IsClosed)];
        // A request that may fail without harm finds out whether one is back; where there is no other, any does.
        if ((closed.Count == 0 || Retries.IsRepeatable(context)) && proxy.AvailableDestinations.FirstOrDefault(destination => circuits.Of(destination).TryProbe()) is { } due)
        {
            closed = [due];
        }

        proxy.AvailableDestinations = closed;
        return closed.Count > 0;
    }

    private Task RefuseAsync(HttpContext context, IReverseProxyFeature proxy)
    {
        var service = proxy.Route.Config.Metadata![ForwardingErrors.ServiceMetadata];
        var soonest = proxy.AllDestinations.Min(destination => circuits.Of(destination).Remaining);
        metrics.Refused(service);
        context.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(soonest.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return ApiError.WriteAsync(
            context, StatusCodes.Status503ServiceUnavailable, "service_unavailable", $"The service '{service}' does not answer at present. Try again after the time in Retry-After.");
    }
}
