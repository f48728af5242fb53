using System.Text.Json.Serialization;
using Voice.Api.Agents;
using Voice.Api.Recordings;
using Voice.Api.Replay;
using Voice.Api.Sessions;
using Voice.ServiceDefaults.Http;

namespace Voice.Api.Http;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Page<AgentSummary>))]
[JsonSerializable(typeof(AgentSummary))]
[JsonSerializable(typeof(AgentAccessList))]
[JsonSerializable(typeof(Page<SessionSummary>))]
[JsonSerializable(typeof(SessionDetail))]
[JsonSerializable(typeof(RecordingLink))]
[JsonSerializable(typeof(ReplayRequest))]
[JsonSerializable(typeof(ReplayReport))]
internal sealed partial class ApiJson : JsonSerializerContext;
