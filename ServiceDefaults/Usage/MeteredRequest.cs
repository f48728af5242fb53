namespace Voice.ServiceDefaults.Usage;

/// <summary>What the gateway tells a service about a request that is to be counted, and what it has reserved for it.</summary>
public static class MeteredRequest
{
    /// <summary>Only on requests through the gateway: what services ask of each other is part of something that is counted already.</summary>
    public const string ReservedHeader = "X-Voice-Reserved";
}
