namespace Voice.Safety.Interventions;

/// <param name="Attempts">How often it has been tried.</param>
internal sealed record DueDelivery(Intervention Intervention, int Attempts);
