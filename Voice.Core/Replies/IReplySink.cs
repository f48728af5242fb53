using Voice.Core.Conversations;
using Voice.Core.Modes;

namespace Voice.Core.Replies;

/// <summary>Takes a reply as it is made. Calls come one after the other; after cancellation none has an effect.</summary>
internal interface IReplySink
{
    /// <summary>
    /// Waits while nothing may leave: before the turn is known to be over, or while the user may be about to interrupt. What has an
    /// effect outside (a tool that does something) waits here too.
    /// </summary>
    Task WaitUntilOpenAsync(CancellationToken cancellationToken);

    /// <summary>The mode's first text: the model has begun to answer.</summary>
    void OnFirstText();

    /// <summary>The first clause was checked.</summary>
    void OnChecked(TimeSpan took);

    /// <param name="input">Estimated tokens of what the model is shown.</param>
    void OnAsked(int input);

    /// <summary>What the call took that was asked last.</summary>
    void OnUsed(ModelUsage usage);

    void OnTranslated(ReplyPart.Translated translation);

    /// <summary>The next words of the reply; their audio follows.</summary>
    /// <param name="filler">The platform's own, while a tool is slow.</param>
    Task OnClauseAsync(string text, bool filler, CancellationToken cancellationToken);

    /// <summary>A tool is called or has answered, in its place among the words.</summary>
    Task OnToolAsync(ReplyPart part, CancellationToken cancellationToken);

    /// <summary>Waits while playback or the client is far behind.</summary>
    Task OnAudioAsync(ReadOnlyMemory<byte> pcm, CancellationToken cancellationToken);
}
