namespace Voice.Api.Replay;

/// <param name="AgentVersion">Null replays with what was recorded, the model's answers included. A version asks the real model anew, as that version of the agent.</param>
internal sealed record ReplayRequest(int? AgentVersion = null);
