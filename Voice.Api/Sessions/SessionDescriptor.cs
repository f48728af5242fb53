using Voice.Api.Agents;

namespace Voice.Api.Sessions;

/// <summary>What is known when a conversation begins.</summary>
/// <param name="Transport">How the audio arrives, e.g. <c>websocket</c>.</param>
internal sealed record SessionDescriptor(
    string Id, string OrganizationId, string UserId, AgentDefinition Agent, string Transport, DateTimeOffset StartedAt);
