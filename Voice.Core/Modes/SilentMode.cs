namespace Voice.Core.Modes;

/// <summary>Listens and never answers: transcription.</summary>
internal sealed class SilentMode : IConversationMode
{
    public const string Name = "transcription";

    public IAsyncEnumerable<ReplyPart> ReplyAsync(ReplyRequest request, CancellationToken cancellationToken) => AsyncEnumerable.Empty<ReplyPart>();
}
