namespace Voice.Gateway.SignIn;

/// <summary>Carries the challenge from the page with the password to the page with the code, where no script can read it.</summary>
internal static class ChallengeCookie
{
    public const string Name = "voice.challenge";
    public const int MaxLength = 4000;

    private const string Path = "/api/v1/auth";

    public static void Write(HttpContext context, SecondFactorNeeded needed) =>
        context.Response.Cookies.Append(Name, needed.Challenge, Options(context, SignInChallenges.Lifetime));

    public static string? Read(HttpContext context) => context.Request.Cookies[Name] is { Length: > 0 and <= MaxLength } value ? value : null;

    public static void Remove(HttpContext context) => context.Response.Cookies.Delete(Name, Options(context, null));

    private static CookieOptions Options(HttpContext context, TimeSpan? lifetime) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        MaxAge = lifetime,
        Path = Path,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
    };
}
