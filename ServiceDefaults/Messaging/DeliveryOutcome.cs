namespace Voice.ServiceDefaults.Messaging;

public enum DeliveryOutcome
{
    Completed,
    Released,
    Retry,
    DeadLetter,
}
