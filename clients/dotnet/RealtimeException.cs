namespace Voice.Client;

/// <param name="message">One line, fit for a person: what happened and what to do about it.</param>
public sealed class RealtimeException(RealtimeFailure failure, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    public RealtimeFailure Failure { get; } = failure;
}
