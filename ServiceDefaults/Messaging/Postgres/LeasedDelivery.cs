namespace Voice.ServiceDefaults.Messaging.Postgres;

/// <param name="Sequence">Of the row; with the owner it says which claim is meant.</param>
internal sealed record LeasedDelivery(long Sequence, Guid Owner, MessageDelivery Delivery);
