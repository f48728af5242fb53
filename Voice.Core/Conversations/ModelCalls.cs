namespace Voice.Core.Conversations;

/// <summary>Calls of the model against turns, over the session. Under the conversation's gate.</summary>
internal sealed class ModelCalls
{
    public int Made { get; set; }

    public int Answered { get; set; }

    /// <summary>
    /// Whether one more may be made ahead: should it be in vain, calls per answered turn still are within the limit. The first turn of a
    /// session has no others to be paid with, and may have one.
    /// </summary>
    public bool Allow(double limit) => Made == 0 || (Made + 2) / (Answered + 1.0) <= limit;
}
