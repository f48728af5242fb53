using Voice.Core.Providers;
using Voice.Core.Replies;

namespace Voice.Core.Conversations;

internal static class ProviderFailure
{
    /// <summary>For the client: a stable code, and a message without anything of the provider's own.</summary>
    public static ResponseEnd Describe(ReplyOutcome outcome, Exception exception)
    {
        var (code, message) = outcome == ReplyOutcome.SpeechFailed
            ? ("speech_failed", "The reply could not be spoken; its text was sent.")
            : ("reply_failed", "No reply could be made.");
        return exception is ProviderException known
            ? new ResponseEnd(null, known.Code, $"{message} {known.Message}")
            : new ResponseEnd(null, code, message);
    }
}
