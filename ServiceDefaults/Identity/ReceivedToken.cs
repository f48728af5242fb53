namespace Voice.ServiceDefaults.Identity;

/// <summary>The identity token that a request came with; kept on it, for services that ask others on behalf of the same caller.</summary>
internal sealed record ReceivedToken(string Value);
