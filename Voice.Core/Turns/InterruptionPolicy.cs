namespace Voice.Core.Turns;

/// <summary>What it takes to interrupt a reply.</summary>
public sealed record InterruptionPolicy
{
    /// <summary>Voice that interrupts although no word of it was understood yet; null waits for words.</summary>
    public TimeSpan? MinimumVoice { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>A word that is no backchannel interrupts at once; otherwise the utterance has to end first.</summary>
    public bool OnWords { get; init; } = true;

    /// <summary>A reply that was interrupted by no more than a cough or a backchannel goes on where it stopped.</summary>
    public bool Resume { get; init; } = true;
}
