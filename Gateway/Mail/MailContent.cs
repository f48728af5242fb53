namespace Voice.Gateway.Mail;

/// <summary>A mail's words. Links begin with <see cref="BasePlaceholder"/> until it is known to whom they are shown.</summary>
internal sealed record MailContent(string Subject, string Text, string Html)
{
    public const string BasePlaceholder = "{base}";

    public MailContent At(string baseUrl) => new(
        Subject,
        Text.Replace(BasePlaceholder, baseUrl, StringComparison.Ordinal),
        Html.Replace(BasePlaceholder, System.Net.WebUtility.HtmlEncode(baseUrl), StringComparison.Ordinal));
}
