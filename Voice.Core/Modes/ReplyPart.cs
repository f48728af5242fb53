namespace Voice.Core.Modes;

internal abstract record ReplyPart
{
    private ReplyPart()
    {
    }

    /// <summary>More of the reply, in <see cref="ReplyRequest.Language"/> or the language of the last <see cref="Spoken"/>.</summary>
    public sealed record Text(string Delta) : ReplyPart;

    /// <summary>What follows is said in this language.</summary>
    public sealed record Spoken(string Language) : ReplyPart;

    public sealed record Translated(string From, string To, string Value) : ReplyPart;
}
