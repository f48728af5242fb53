using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;
using Yarp.ReverseProxy.Transforms;

namespace Voice.Gateway.Routing.Resilience;

/// <summary>
/// Decides whether a request is asked again. One that reads (GET, HEAD, OPTIONS, no body) is, where the connection fails or broke before an answer, or the answer is 502 or 503;
/// any other one, where no connection was made, so that nothing of it was sent. What was sent and may have been done is the client's to repeat, with its
/// <c>Idempotency-Key</c>: the first answer is kept by the service, its body is not kept here.
/// </summary>
internal sealed partial class Retries(Circuits circuits, IOptions<ResilienceOptions> options, RoutingMetrics metrics, TimeProvider time, ILogger<Retries> logger)
{
    private readonly ConcurrentDictionary<string, RetryBudget> _budgets = new(StringComparer.Ordinal);

    /// <summary>It changes nothing, and can be sent again as it is.</summary>
    public static bool IsRepeatable(HttpContext context)
    {
        var method = context.Request.Method;
        return (HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method))
            && context.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true };
    }

    public RetryState Begin(HttpContext context, IReverseProxyFeature proxy)
    {
        BudgetOf(ServiceOf(proxy)).Earn();
        var state = new RetryState(proxy.AvailableDestinations, time.GetTimestamp());
        context.Features.Set(state);
        return state;
    }

    /// <summary>After the head of an answer has come and been copied: takes it back where another replica may give a better one.</summary>
    public void Consider(ResponseTransformContext transform)
    {
        var context = transform.HttpContext;
        if (transform.ProxyResponse is not { StatusCode: HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable }
            || context.Features.Get<RetryState>() is not { } state || !IsRepeatable(context) || !TryAgain(context, state, "answered"))
        {
            return;
        }

        transform.TakeBack();
    }

    /// <summary>After a request has failed.</summary>
    public void Consider(HttpContext context, RetryState state, IForwarderErrorFeature failure)
    {
        if (context.Response.HasStarted || context.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        if (IsNeverSent(failure))
        {
            TryAgain(context, state, "not_connected");
        }
        else if (failure.Error == ForwarderError.Request && !WebSocketUpgrade.IsAsked(context) && IsRepeatable(context))
        {
            TryAgain(context, state, "broken");
        }
    }

    private static bool IsNeverSent(IForwarderErrorFeature failure) => failure.Exception switch
    {
        HttpRequestException exception => exception.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError,
        // How the connect timeout is told; the proxy's own timeouts come without a reason.
        OperationCanceledException { InnerException: TimeoutException } => failure.Error == ForwarderError.RequestTimedOut,
        _ => false,
    };

    private static string ServiceOf(IReverseProxyFeature proxy) => proxy.Route.Config.Metadata![ForwardingErrors.ServiceMetadata];

    private RetryBudget BudgetOf(string service) =>
        _budgets.TryGetValue(service, out var budget) ? budget : _budgets.GetOrAdd(service, static (_, share) => new RetryBudget(share), options.Value.RetryShare);

    private bool TryAgain(HttpContext context, RetryState state, string reason)
    {
        var proxy = context.GetReverseProxyFeature();
        if (state.Retries >= options.Value.Retries || time.GetElapsedTime(state.Began) > options.Value.RetryWithin
            || state.Others(proxy.ProxiedDestination, circuits) is not { Count: > 0 } others)
        {
            return false;
        }

        var service = ServiceOf(proxy);
        if (!BudgetOf(service).TryTake())
        {
            metrics.Withheld(service);
            return false;
        }

        metrics.Retried(service, reason);
        Log.Retried(logger, proxy.ProxiedDestination?.DestinationId ?? service, reason);
        state.AskAgain(others);
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Destination} gave no good answer ({Reason}); another replica is asked")]
        public static partial void Retried(ILogger logger, string destination, string reason);
    }
}
