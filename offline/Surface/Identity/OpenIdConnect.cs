using System.IdentityModel.Tokens.Jwt;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using VoiceAspire.Offline.Surface;

// The part of Microsoft.AspNetCore.Authentication.OpenIdConnect 10 that the gateway uses.
namespace Microsoft.AspNetCore.Authentication.OpenIdConnect;

public class OpenIdConnectOptions : RemoteAuthenticationOptions
{
    public OpenIdConnectOptions() => throw OpenIdConnectSignature.Only();

    public string? ClientId
    {
        get => throw OpenIdConnectSignature.Only();
        set => throw OpenIdConnectSignature.Only();
    }

    public string? ClientSecret
    {
        get => throw OpenIdConnectSignature.Only();
        set => throw OpenIdConnectSignature.Only();
    }

    public new OpenIdConnectEvents Events
    {
        get => throw OpenIdConnectSignature.Only();
        set => throw OpenIdConnectSignature.Only();
    }

    public bool MapInboundClaims
    {
        get => throw OpenIdConnectSignature.Only();
        set => throw OpenIdConnectSignature.Only();
    }

    public string ResponseMode
    {
        get => throw OpenIdConnectSignature.Only();
        set => throw OpenIdConnectSignature.Only();
    }

    public string ResponseType
    {
        get => throw OpenIdConnectSignature.Only();
        set => throw OpenIdConnectSignature.Only();
    }

    public ICollection<string> Scope => throw OpenIdConnectSignature.Only();

    public bool UsePkce
    {
        get => throw OpenIdConnectSignature.Only();
        set => throw OpenIdConnectSignature.Only();
    }
}

public class OpenIdConnectEvents : RemoteAuthenticationEvents
{
    public OpenIdConnectEvents() => throw OpenIdConnectSignature.Only();

    public Func<TokenValidatedContext, Task> OnTokenValidated
    {
        get => throw OpenIdConnectSignature.Only();
        set => throw OpenIdConnectSignature.Only();
    }
}

public class TokenValidatedContext : RemoteAuthenticationContext<OpenIdConnectOptions>
{
    public TokenValidatedContext(
        HttpContext context, AuthenticationScheme scheme, OpenIdConnectOptions options, ClaimsPrincipal principal, AuthenticationProperties properties)
        : base(context, scheme, options, properties) => throw OpenIdConnectSignature.Only();

    public JwtSecurityToken SecurityToken
    {
        get => throw OpenIdConnectSignature.Only();
        set => throw OpenIdConnectSignature.Only();
    }
}

internal static class OpenIdConnectSignature
{
    public static NotSupportedException Only() => SignatureOnly.Of("Microsoft.AspNetCore.Authentication.OpenIdConnect");
}
