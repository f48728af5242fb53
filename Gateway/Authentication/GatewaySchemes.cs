using Voice.ServiceDefaults.Identity;

namespace Voice.Gateway.Authentication;

internal static class GatewaySchemes
{
    /// <summary>The default: an API key where one is sent, otherwise the cookie.</summary>
    public const string Any = "gateway";

    public const string AccessToken = "access-token";
    public const string ApiKey = "api-key";
    public const string ClientSecret = "client-secret";
    public const string Cookie = "cookie";
}

internal static class GatewayClaims
{
    public const string SecurityStamp = "stamp";

    /// <summary>The sign-in session that a request belongs to; absent for keys and client secrets.</summary>
    public const string Session = "sid";

    /// <summary>When the person last proved who they are, in Unix milliseconds.</summary>
    public const string ProvenAt = "proven_at";

    /// <summary>The organization demands a second factor that the person does not have yet.</summary>
    public const string LacksSecondFactor = "lacks_second_factor";
}

internal static class GatewayPolicies
{
    /// <summary>Whoever the gateway knows.</summary>
    public const string Known = ScopePolicies.Known;

    /// <summary>YARP's name for a route without a policy of its own.</summary>
    public const string Anonymous = "anonymous";
}
