using System.Globalization;
using System.Net;
using System.Text;

namespace Voice.Gateway.Mail;

/// <summary>The words of our mails, in the languages of the interface, as plain text and as HTML that needs nothing from elsewhere.</summary>
internal static class MailTemplates
{
    /// <param name="path">Where the mail leads, if anywhere: the token is in the fragment, which browsers send to nobody.</param>
    /// <param name="names">What the words speak of: the organization's name, who invites.</param>
    public static MailContent Write(string kind, string language, string? path, params object[] names)
    {
        var words = MailWords.Find(kind, language);
        var text = new StringBuilder();
        var html = new StringBuilder();
        foreach (var paragraph in words.Paragraphs)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Format(paragraph, names)}\n\n");
            html.Append(CultureInfo.InvariantCulture, $"<p style=\"margin:0 0 16px\">{WebUtility.HtmlEncode(Format(paragraph, names))}</p>\n");
        }

        if (path is not null && words.Action is not null)
        {
            var link = MailContent.BasePlaceholder + path;
            text.Append(CultureInfo.InvariantCulture, $"{words.Action}: {link}\n\n");
            html.Append(CultureInfo.InvariantCulture,
                $"""
                <p style="margin:24px 0"><a href="{WebUtility.HtmlEncode(link)}" style="background:#107c76;color:#ffffff;padding:12px 20px;border-radius:8px;text-decoration:none;font-weight:600">{WebUtility.HtmlEncode(words.Action)}</a></p>

                """);
        }

        text.Append(CultureInfo.InvariantCulture, $"{words.Closing}\n\nVoiceAspire\n");
        html.Append(CultureInfo.InvariantCulture, $"<p style=\"margin:0;color:#586663;font-size:14px\">{WebUtility.HtmlEncode(words.Closing)}</p>");
        return new MailContent(
            OneLine(Format(words.Subject, names)),
            text.ToString(),
            $"""
            <!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{WebUtility.HtmlEncode(OneLine(Format(words.Subject, names)))}</title></head>
            <body style="margin:0;background:#f5f7f7;font:16px/1.55 system-ui,sans-serif;color:#17211f"><div style="max-width:560px;margin:0 auto;padding:32px 24px">
            <p style="margin:0 0 24px;font-weight:650">VoiceAspire</p>
            {html}</div></body></html>
            """);
    }

    private static string Format(string words, object[] names) => string.Format(CultureInfo.InvariantCulture, words, names);

    /// <summary>Names are what people typed; a subject is one header.</summary>
    private static string OneLine(string text) => new([.. text.Select(c => char.IsControl(c) ? ' ' : c)]);
}
