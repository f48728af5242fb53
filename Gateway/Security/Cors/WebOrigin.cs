namespace Voice.Gateway.Security.Cors;

internal static class WebOrigin
{
    /// <summary>Exactly as browsers send it: lower case, without a path, a default port, a user or characters that are not ASCII.</summary>
    public static bool IsGood(string? text) =>
        text is { Length: <= 300 } && !text.Any(c => !char.IsAscii(c)) && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http"
        && uri.UserInfo.Length == 0 && uri.GetLeftPart(UriPartial.Authority) == text;

    /// <summary>A page that came over plain HTTP is whoever's on the way wrote it; on one's own machine there is no way.</summary>
    public static bool IsGoodForAll(string? text) => IsGood(text) && (text!.StartsWith("https://", StringComparison.Ordinal) || new Uri(text).IsLoopback);
}
