namespace Voice.Core.Turns;

/// <summary>How soon a pause is taken for the end of a turn where the words decide (<c>semantic_vad</c>).</summary>
public enum TurnEagerness
{
    /// <summary>As <see cref="Medium"/>.</summary>
    Auto,

    /// <summary>Lets the user take their time: 8 s at most.</summary>
    Low,

    /// <summary>4 s at most.</summary>
    Medium,

    /// <summary>2 s at most.</summary>
    High,
}
