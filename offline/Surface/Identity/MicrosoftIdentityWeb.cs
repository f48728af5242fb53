using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using VoiceAspire.Offline.Surface;

// The part of Microsoft.Identity.Web 4 (and of its TokenAcquisition package) that the gateway uses.
namespace Microsoft.Identity.Web;

public static class MicrosoftIdentityWebAppAuthenticationBuilderExtensions
{
    public static MicrosoftIdentityWebAppAuthenticationBuilder AddMicrosoftIdentityWebApp(
        this AuthenticationBuilder builder, Action<MicrosoftIdentityOptions> configureMicrosoftIdentityOptions,
        Action<CookieAuthenticationOptions>? configureCookieAuthenticationOptions = null, string openIdConnectScheme = "OpenIdConnect",
        string? cookieScheme = "Cookies", bool subscribeToOpenIdConnectMiddlewareDiagnosticsEvents = false, string? displayName = null) =>
        throw SignatureOnly.Of("Microsoft.Identity.Web");
}

public class MicrosoftIdentityWebAppAuthenticationBuilder
{
    private MicrosoftIdentityWebAppAuthenticationBuilder() => throw SignatureOnly.Of("Microsoft.Identity.Web");
}

public class MicrosoftIdentityOptions : OpenIdConnectOptions
{
    public string Instance
    {
        get => throw SignatureOnly.Of("Microsoft.Identity.Web");
        set => throw SignatureOnly.Of("Microsoft.Identity.Web");
    }

    public string? TenantId
    {
        get => throw SignatureOnly.Of("Microsoft.Identity.Web");
        set => throw SignatureOnly.Of("Microsoft.Identity.Web");
    }
}
