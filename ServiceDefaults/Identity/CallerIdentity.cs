using System.Security.Claims;

namespace Voice.ServiceDefaults.Identity;

/// <summary>An identity that knows its caller, so that those who ask (limits, policies, the token for the service, the log) do not each put it together from claims.</summary>
internal sealed class CallerIdentity(Caller caller, IEnumerable<Claim> claims, string authenticationType, string nameType)
    : ClaimsIdentity(claims, authenticationType, nameType, roleType: null)
{
    public Caller Caller => caller;

    // Also for copies that somebody makes of the principal.
    public override ClaimsIdentity Clone() => new CallerIdentity(caller, Claims, AuthenticationType!, NameClaimType);
}
