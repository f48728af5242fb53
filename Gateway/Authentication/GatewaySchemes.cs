namespace Voice.Gateway.Authentication;

internal static class GatewaySchemes
{
    /// <summary>The default: an API key where one is sent, otherwise the cookie.</summary>
    public const string Any = "gateway";

    public const string ApiKey = "api-key";
    public const string ClientSecret = "client-secret";
    public const string Cookie = "cookie";
}

internal static class GatewayClaims
{
    public const string SecurityStamp = "stamp";
    public const string Role = "role";
    public const string Administrator = "administrator";
}

internal static class GatewayPolicies
{
    /// <summary>Whoever the gateway knows.</summary>
    public const string Known = "known";

    /// <summary>API keys and administrators: figures of the whole installation.</summary>
    public const string Operator = "operator";

    /// <summary>YARP's name for a route without a policy of its own.</summary>
    public const string Anonymous = "anonymous";
}
