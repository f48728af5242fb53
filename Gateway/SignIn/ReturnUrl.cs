namespace Voice.Gateway.SignIn;

internal static class ReturnUrl
{
    public const string Default = "/talk";

    /// <summary>A path of ours, or the default: never another site, whatever a link to the sign-in page says.</summary>
    public static string Local(string? url) =>
        url is { Length: > 0 and <= 2000 } && url[0] == '/' && (url.Length == 1 || (url[1] != '/' && url[1] != '\\'))
            && !url.Any(char.IsControl) && Uri.TryCreate(url, UriKind.Relative, out _)
            ? url
            : Default;
}
