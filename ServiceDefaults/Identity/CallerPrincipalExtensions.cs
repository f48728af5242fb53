using System.Security.Claims;

namespace Voice.ServiceDefaults.Identity;

public static class CallerPrincipalExtensions
{
    private const string Subject = "sub";
    private const string Organization = "org";
    private const string Kind = "kind";
    private const string Name = "name";
    private const string Role = "role";
    private const string Scope = "scope";

    /// <summary>The authenticated caller. Endpoints have one, because the fallback policy demands it.</summary>
    /// <exception cref="InvalidOperationException">The endpoint allows anonymous requests and asked nevertheless.</exception>
    public static Caller GetCaller(this ClaimsPrincipal principal) =>
        principal.FindCaller() ?? throw new InvalidOperationException("The request has no caller: the endpoint lets anonymous requests in.");

    public static Caller? FindCaller(this ClaimsPrincipal principal) =>
        principal.Identity is CallerIdentity known ? known.Caller : ReadCaller(principal);

    /// <summary>The principal that <see cref="GetCaller"/> reads, for schemes that establish a caller by other means.</summary>
    public static ClaimsPrincipal ToPrincipal(this Caller caller, string authenticationType)
    {
        List<Claim> claims =
        [
            new(Subject, caller.Subject), new(Organization, caller.OrganizationId), new(Kind, caller.Kind), new(Name, caller.Name),
            new(Scope, caller.Scopes.ToString()),
        ];
        if (caller.Role is { } role)
        {
            claims.Add(new Claim(Role, role));
        }

        return new ClaimsPrincipal(new CallerIdentity(caller, claims, authenticationType, Name));
    }

    /// <summary>Of a principal that came as claims: from a cookie.</summary>
    private static Caller? ReadCaller(ClaimsPrincipal principal) =>
        principal.FindFirst(Organization)?.Value is { } organization && principal.FindFirst(Subject)?.Value is { } subject
            ? new Caller(organization, subject, principal.FindFirst(Kind)?.Value ?? "user", principal.FindFirst(Name)?.Value ?? subject)
            {
                Role = principal.FindFirst(Role)?.Value,
                Scopes = ScopeSet.Parse(principal.FindFirst(Scope)?.Value),
            }
            : null;
}
