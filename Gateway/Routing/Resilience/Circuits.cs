using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace Voice.Gateway.Routing.Resilience;

/// <summary>The circuits of all destinations, one for each address: what one route finds out about a replica holds for the others.</summary>
internal sealed partial class Circuits(IOptions<ResilienceOptions> options, RoutingMetrics metrics, TimeProvider time, ILogger<Circuits> logger)
{
    private readonly ConcurrentDictionary<DestinationState, Circuit> _ofDestination = new();
    private readonly ConcurrentDictionary<string, Circuit> _ofAddress = new(StringComparer.OrdinalIgnoreCase);

    public Circuit Of(DestinationState destination) =>
        _ofDestination.TryGetValue(destination, out var circuit) ? circuit
        : _ofDestination.GetOrAdd(destination, static (state, circuits) => circuits._ofAddress.GetOrAdd(
            state.Model.Config.Address, static (_, found) => new Circuit(found.Id, found.Options, found.Time), (Id: state.DestinationId, Options: circuits.Options, Time: circuits.Time)), this);

    private ResilienceOptions Options => options.Value;

    private TimeProvider Time => time;

    /// <summary>When the head of an answer has come: it may be a conversation that lasts an hour.</summary>
    public void Answered(DestinationState destination)
    {
        var circuit = Of(destination);
        if (circuit.Answered())
        {
            Log.Closed(logger, circuit.Destination);
        }
    }

    /// <summary>When a request is over; those that were answered are known already, and who went away says nothing about the destination.</summary>
    public void Ended(DestinationState destination, ForwarderError error)
    {
        if (error is not (ForwarderError.Request or ForwarderError.RequestTimedOut or ForwarderError.RequestBodyDestination))
        {
            return;
        }

        var circuit = Of(destination);
        if (circuit.Failed())
        {
            metrics.Opened(circuit.Destination);
            Log.Opened(logger, circuit.Destination, error, Options.BreakFor.TotalSeconds);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Destination} does not answer ({Error}) and is left alone; one request every {Seconds} s is let through, to see")]
        public static partial void Opened(ILogger logger, string destination, ForwarderError error, double seconds);

        [LoggerMessage(2, LogLevel.Information, "{Destination} answers again")]
        public static partial void Closed(ILogger logger, string destination);
    }
}
