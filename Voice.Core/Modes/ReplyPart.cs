using Voice.Core.Conversations;

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

    /// <summary>A whole sentence of the platform's, while a tool is slow.</summary>
    public sealed record Filler(string Value) : ReplyPart;

    /// <summary>More of a call that is being written, before its <see cref="Call"/>; not every model shows it.</summary>
    public sealed record CallDelta(string CallId, string Name, string Fragment) : ReplyPart;

    /// <summary>The model calls a tool; the client's, once <see cref="ToolRounds"/> has kept its own.</summary>
    public sealed record Call(string CallId, string Name, string Arguments) : ReplyPart;

    /// <summary>The server begins to run a tool.</summary>
    public sealed record ServerCall(string CallId, string Name, string Arguments) : ReplyPart;

    /// <param name="Exception">For operators, where the tool broke.</param>
    public sealed record ServerResult(string CallId, string Output, bool Failed, Exception? Exception) : ReplyPart;

    /// <summary>The model is asked once more.</summary>
    /// <param name="Input">Estimated tokens of what it is shown.</param>
    public sealed record Asked(int Input) : ReplyPart;

    /// <summary>What the call took that was asked last.</summary>
    public sealed record Used(ModelUsage Usage) : ReplyPart;

    /// <summary>The model did not stop by itself.</summary>
    public sealed record CutShort(bool Filtered) : ReplyPart;
}
