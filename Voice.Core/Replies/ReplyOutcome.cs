namespace Voice.Core.Replies;

/// <summary>How a reply ended, and whose fault it was.</summary>
internal enum ReplyOutcome
{
    Completed,

    /// <summary>A clause was held back by the guard; what stood for it was said and the rest left out.</summary>
    Filtered,

    /// <summary>The model used up what it may write.</summary>
    OutputLimit,
    ModeFailed,
    SpeechFailed,
}
