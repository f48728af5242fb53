using System.Text.Json.Serialization;
using Voice.ServiceDefaults.Messaging.Contracts;

namespace Voice.ServiceDefaults.Messaging;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(SessionStarted))]
[JsonSerializable(typeof(TurnCompleted))]
[JsonSerializable(typeof(SessionEnded))]
[JsonSerializable(typeof(InterventionRaised))]
[JsonSerializable(typeof(UsageRecorded))]
[JsonSerializable(typeof(TranscriptionWork))]
[JsonSerializable(typeof(TranscriptionJobEnded))]
internal sealed partial class MessageJson : JsonSerializerContext;
