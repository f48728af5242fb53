namespace Voice.Gateway.Accounts;

/// <summary>The languages that we write mails in.</summary>
internal static class Language
{
    public static bool IsKnown(string? language) => language is "en" or "es" or "ko";

    /// <summary>What was asked for, else the first of the browser's that we have, else English.</summary>
    public static string Of(string? asked, HttpRequest request) => IsKnown(asked)
        ? asked!
        : request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1).Select(l => l.Value.ToString().Split('-')[0].ToLowerInvariant()).FirstOrDefault(IsKnown) ?? "en";
}
