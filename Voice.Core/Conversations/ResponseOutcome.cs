using Voice.Core.Replies;

namespace Voice.Core.Conversations;

internal static class ResponseOutcome
{
    /// <summary>How a response ends whose reply ended so; a failure is told to the client and to operators. Under the conversation's gate.</summary>
    public static (ResponseStatus Status, ResponseEnd? End) Tell(ConversationContext context, ActiveResponse response, ReplyOutcome outcome, Exception? exception)
    {
        switch (outcome)
        {
            case ReplyOutcome.Completed:
                return (ResponseStatus.Completed, null);
            case ReplyOutcome.Filtered:
                return (ResponseStatus.Incomplete, new ResponseEnd("content_filter"));
            case ReplyOutcome.OutputLimit:
                return (ResponseStatus.Incomplete, new ResponseEnd("max_output_tokens"));
            default:
                var end = ProviderFailure.Describe(outcome, exception!);
                context.Events.Write(new ConversationEvent.Trouble(outcome == ReplyOutcome.SpeechFailed ? "speech" : "reply", exception!));
                context.Events.Write(new ConversationEvent.Error("server_error", end.ErrorCode!, end.Message!, null, response.Request.ClientEventId));
                return (ResponseStatus.Failed, end);
        }
    }
}
