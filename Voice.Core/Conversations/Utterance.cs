namespace Voice.Core.Conversations;

/// <summary>What is being said now. Under the conversation's gate.</summary>
/// <param name="startedAt">On the input audio clock, prefix padding included.</param>
/// <param name="voice">Voice until it was taken for speech.</param>
internal sealed class Utterance(string itemId, TimeSpan startedAt, TimeSpan voice)
{
    public string ItemId => itemId;

    public TimeSpan StartedAt => startedAt;

    /// <summary>Understood so far.</summary>
    public string Partial { get; private set; } = string.Empty;

    /// <summary>When that last changed; a timestamp of the time provider.</summary>
    public long PartialAt { get; private set; }

    /// <summary>It comes after a question that a word or two answer.</summary>
    public bool Asked { get; init; }

    /// <summary>Frames with voice in them, pauses left out.</summary>
    public TimeSpan Voice { get; set; } = voice;

    /// <summary>The client knows that the user speaks.</summary>
    public bool Announced { get; set; }

    /// <returns>Whether that is anything new.</returns>
    public bool Understand(string text, long now)
    {
        if (text == Partial)
        {
            return false;
        }

        (Partial, PartialAt) = (text, now);
        return true;
    }

    /// <summary>There is a reply that this may or may not interrupt.</summary>
    public bool Undecided { get; set; }
}
