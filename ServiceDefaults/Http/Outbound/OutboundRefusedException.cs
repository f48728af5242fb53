namespace Voice.ServiceDefaults.Http.Outbound;

/// <summary>A call that is not made.</summary>
/// <param name="message">For whoever gave the address: never a secret, and nothing about our network.</param>
public sealed class OutboundRefusedException(string message) : Exception(message);
