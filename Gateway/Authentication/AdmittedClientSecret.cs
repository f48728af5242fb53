namespace Voice.Gateway.Authentication;

/// <summary>Kept on a request that a client secret let in, for the service that knows what it is for.</summary>
internal sealed record AdmittedClientSecret(string Hash);
