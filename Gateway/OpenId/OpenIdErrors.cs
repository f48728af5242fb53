namespace Voice.Gateway.OpenId;

internal static class OpenIdErrors
{
    /// <summary>The person said no at the provider.</summary>
    public const string Cancelled = "openid_cancelled";

    /// <summary>Not this browser, too late, or a second time.</summary>
    public const string Expired = "openid_expired";

    /// <summary>What the provider sent is not to be believed, or it refused us.</summary>
    public const string Failed = "openid_failed";

    /// <summary>The provider cannot be reached, or makes no sense.</summary>
    public const string Away = "openid_unavailable";

    /// <summary>There would be a new account, but nobody vouches for its address.</summary>
    public const string Unverified = "openid_unverified";

    /// <summary>It leads into another account already.</summary>
    public const string Taken = "openid_taken";
}
