namespace Voice.Core.Modes;

/// <summary>Turns a finished user turn into a reply. Thread-safe; one per session.</summary>
internal interface IConversationMode
{
    /// <summary>Throws what the provider behind it throws; the engine knows what to say then.</summary>
    IAsyncEnumerable<ReplyPart> ReplyAsync(ReplyRequest request, CancellationToken cancellationToken);
}
