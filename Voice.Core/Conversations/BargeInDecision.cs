namespace Voice.Core.Conversations;

internal enum BargeInDecision
{
    /// <summary>It may still be a cough or a backchannel.</summary>
    Wait,

    /// <summary>The client is told that the user speaks; whether that interrupts the reply is open.</summary>
    Announce,

    /// <summary>The user speaks, and there is nothing to interrupt (any more).</summary>
    Speech,

    Interrupt,
}
