namespace Voice.Core.Conversations;

/// <summary>What the user's voice would interrupt.</summary>
internal enum ReplyState
{
    /// <summary>Nothing that could be heard; a text reply counts as nothing.</summary>
    None,

    /// <summary>A reply is made, and none of it was sent as audio.</summary>
    Thinking,

    /// <summary>A reply is heard, or about to be.</summary>
    Audible,
}
