namespace Voice.Core.Conversations;

/// <param name="Text">The text, or the transcript of the audio; null while it is not known.</param>
public sealed record ItemContent(ItemContentKind Kind, string? Text);

public enum ItemContentKind
{
    InputText,
    InputAudio,
    OutputText,
    OutputAudio,
}
