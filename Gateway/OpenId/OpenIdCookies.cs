using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Voice.Gateway.OpenId;

/// <summary>
/// What a browser keeps on its way through a provider, encrypted: only the browser that began can finish, and nobody can read or change what it
/// began. Scripts cannot read it either.
/// </summary>
internal sealed class OpenIdCookies(IDataProtectionProvider protection, TimeProvider time)
{
    public const string AttemptName = "voice.openid";
    public const string LinkName = "voice.openid.link";

    private const int MaxLength = 4096;

    private readonly IDataProtector _attempts = protection.CreateProtector("openid attempt");
    private readonly IDataProtector _links = protection.CreateProtector("openid link");

    // Lax: it has to come along when the provider sends the browser back to us.
    public void Write(HttpContext context, OpenIdAttempt attempt) =>
        Write(context, AttemptName, _attempts.Protect(JsonSerializer.Serialize(attempt)), SameSiteMode.Lax, OpenIdAttempt.Lifetime);

    public void Write(HttpContext context, PendingLink link) =>
        Write(context, LinkName, _links.Protect(JsonSerializer.Serialize(link)), SameSiteMode.Strict, PendingLink.Lifetime);

    public OpenIdAttempt? ReadAttempt(HttpContext context) =>
        Read<OpenIdAttempt>(context, AttemptName, _attempts) is { } attempt && IsGood(attempt.Expires) ? attempt : null;

    public PendingLink? ReadLink(HttpContext context) => Read<PendingLink>(context, LinkName, _links) is { } link && IsGood(link.Expires) ? link : null;

    public static void Remove(HttpContext context, string name) =>
        context.Response.Cookies.Delete(name, Options(context, name == LinkName ? SameSiteMode.Strict : SameSiteMode.Lax, null));

    private static void Write(HttpContext context, string name, string value, SameSiteMode mode, TimeSpan lifetime) =>
        context.Response.Cookies.Append(name, value, Options(context, mode, lifetime));

    private static T? Read<T>(HttpContext context, string name, IDataProtector protector)
        where T : class
    {
        if (context.Request.Cookies[name] is not { Length: > 0 and <= MaxLength } value)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<T>(protector.Unprotect(value));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static CookieOptions Options(HttpContext context, SameSiteMode mode, TimeSpan? lifetime) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        MaxAge = lifetime,
        Path = OpenIdProviders.Path,
        SameSite = mode,
        Secure = context.Request.IsHttps,
    };

    private bool IsGood(long expires) => time.GetUtcNow().ToUnixTimeMilliseconds() < expires;
}
