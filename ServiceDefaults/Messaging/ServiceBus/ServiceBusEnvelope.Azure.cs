using System.Globalization;
using Azure.Messaging.ServiceBus;

namespace Voice.ServiceDefaults.Messaging.ServiceBus;

/// <summary>How an envelope travels: the key is the session, which Service Bus keeps in order; the id is what it removes duplicates by.</summary>
internal static class ServiceBusEnvelope
{
    // The envelope's own id, because a replayed message travels under another one (see Replayed).
    private const string Id = "id";
    private const string TraceParent = "traceparent";
    private const string CreatedAt = "created_at";

    // Deliveries that ended because the process stopped. Service Bus counts them; we do not.
    private const string Releases = "releases";

    public static ServiceBusMessage ToMessage(MessageEnvelope envelope)
    {
        var message = new ServiceBusMessage(BinaryData.FromString(envelope.Body))
        {
            MessageId = envelope.Id,
            SessionId = envelope.Key,
            Subject = envelope.Type,
            ContentType = "application/json",
        };
        message.ApplicationProperties[Id] = envelope.Id;
        message.ApplicationProperties[CreatedAt] = envelope.CreatedAt.ToString("O", CultureInfo.InvariantCulture);
        if (envelope.TraceParent is { } traceParent)
        {
            message.ApplicationProperties[TraceParent] = traceParent;
        }

        return message;
    }

    /// <summary>Null for what no publisher of ours sent.</summary>
    public static MessageEnvelope? FromMessage(ServiceBusReceivedMessage message) =>
        Text(message, Id) is { } id && message.SessionId is { } key && message.Subject is { } type
            && DateTimeOffset.TryParse(Text(message, CreatedAt), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var createdAt)
            ? new MessageEnvelope(id, key, type, message.Body.ToString(), Text(message, TraceParent), createdAt)
            : null;

    /// <summary>The message again, as new: its id within the duplicate detection window would be dropped without a word.</summary>
    public static ServiceBusMessage Replayed(MessageEnvelope envelope, TimeProvider timeProvider)
    {
        var message = ToMessage(envelope);
        message.MessageId = $"{envelope.Id}~{Ids.New("replay", timeProvider)}";
        return message;
    }

    public static int Attempt(ServiceBusReceivedMessage message) => Math.Max(1, message.DeliveryCount - ReleasesOf(message));

    /// <summary>What to change on a message that goes back because the process stops.</summary>
    public static Dictionary<string, object> OneMoreRelease(ServiceBusReceivedMessage message) => new() { [Releases] = ReleasesOf(message) + 1 };

    private static int ReleasesOf(ServiceBusReceivedMessage message) =>
        message.ApplicationProperties.TryGetValue(Releases, out var value) && value is int releases ? releases : 0;

    private static string? Text(ServiceBusReceivedMessage message, string property) =>
        message.ApplicationProperties.TryGetValue(property, out var value) ? value as string : null;
}
