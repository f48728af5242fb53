namespace Voice.ServiceDefaults.Messaging;

/// <summary>What became of a delivery; the transport acts on it.</summary>
/// <param name="Reason">Why not, for the dead letter and the log.</param>
public sealed record DeliveryResult(DeliveryOutcome Outcome, string? Reason = null)
{
    public static readonly DeliveryResult Completed = new(DeliveryOutcome.Completed);

    /// <summary>Not the message's fault (the process is stopping): delivered again at once, and the attempt does not count.</summary>
    public static readonly DeliveryResult Released = new(DeliveryOutcome.Released);

    /// <summary>Delivered again after a pause, until the attempts are used up.</summary>
    public static DeliveryResult Retry(string reason) => new(DeliveryOutcome.Retry, reason);

    /// <summary>No repetition can help.</summary>
    public static DeliveryResult DeadLetter(string reason) => new(DeliveryOutcome.DeadLetter, reason);
}
