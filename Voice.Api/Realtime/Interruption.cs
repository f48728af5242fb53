using Voice.Core.Turns;

namespace Voice.Api.Realtime;

/// <summary>What it takes to interrupt the agent.</summary>
internal sealed record Interruption(InterruptionPolicy WhileSpeaking, InterruptionPolicy WhileThinking)
{
    public static readonly Interruption Default = new(new TurnDetection().WhileSpeaking, new TurnDetection().WhileThinking);

    public TurnDetection Apply(TurnDetection detection) => detection with { WhileSpeaking = WhileSpeaking, WhileThinking = WhileThinking };
}
