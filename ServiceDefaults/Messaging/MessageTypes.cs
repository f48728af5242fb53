using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Voice.ServiceDefaults.Messaging.Contracts;

namespace Voice.ServiceDefaults.Messaging;

/// <summary>The contracts that travel, by the name that travels with them.</summary>
internal static class MessageTypes
{
    private static readonly Dictionary<string, JsonTypeInfo> ByName = new()
    {
        [nameof(SessionStarted)] = MessageJson.Default.SessionStarted,
        [nameof(TurnCompleted)] = MessageJson.Default.TurnCompleted,
        [nameof(SessionEnded)] = MessageJson.Default.SessionEnded,
        [nameof(InterventionRaised)] = MessageJson.Default.InterventionRaised,
        [nameof(UsageRecorded)] = MessageJson.Default.UsageRecorded,
        [nameof(TranscriptionWork)] = MessageJson.Default.TranscriptionWork,
        [nameof(TranscriptionJobEnded)] = MessageJson.Default.TranscriptionJobEnded,
    };

    public static string Serialize(ISessionMessage message) => JsonSerializer.Serialize(message, Find(message.GetType().Name)
        ?? throw new ArgumentException($"{message.GetType().Name} is no message contract: add it to {nameof(MessageTypes)}.", nameof(message)));

    public static JsonTypeInfo? Find(string type) => ByName.GetValueOrDefault(type);
}
