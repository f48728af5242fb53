using System.Text.Json;
using System.Text.RegularExpressions;
using Voice.ServiceDefaults.Http.Outbound;

namespace Voice.Api.Tools;

/// <summary>A tool's URL, with the arguments it names in braces put into its path and query: <c>https://shop.example/orders/{id}?lang={lang}</c>.</summary>
internal static partial class ToolAddress
{
    private const int MaxLength = 4_096;

    /// <param name="arguments">Those that the URL names are taken out; the rest is the query's or the body's.</param>
    public static Uri Fill(Uri template, Dictionary<string, JsonElement> arguments, HttpToolOptions options)
    {
        OutboundAddress.Check(template, options);
        var text = template.OriginalString;
        var authorityEnd = text.IndexOfAny(['/', '?', '#'], text.IndexOf("://", StringComparison.Ordinal) + 3);
        if (authorityEnd < 0)
        {
            return template;
        }

        var filled = text[..authorityEnd] + Placeholders().Replace(text[authorityEnd..], match =>
        {
            var name = match.Groups[1].Value;
            var value = arguments.Remove(name, out var argument) ? Text(argument) : throw new OutboundRefusedException($"The argument '{name}' is missing.");
            // "." and ".." are the only segments that mean something else than themselves once everything is escaped.
            return value is "" or "." or ".." ? throw new OutboundRefusedException($"The argument '{name}' cannot be part of an address.") : Uri.EscapeDataString(value);
        });
        return Made(filled, template, options);
    }

    /// <summary>With these in its query.</summary>
    public static Uri WithQuery(Uri address, IReadOnlyDictionary<string, JsonElement> arguments, HttpToolOptions options)
    {
        if (arguments.Count == 0)
        {
            return address;
        }

        var query = string.Join('&', arguments.Select(argument => $"{Uri.EscapeDataString(argument.Key)}={Uri.EscapeDataString(Text(argument.Value))}"));
        return Made($"{address.GetLeftPart(UriPartial.Query)}{(address.Query.Length > 0 ? '&' : '?')}{query}", address, options);
    }

    private static Uri Made(string text, Uri template, HttpToolOptions options)
    {
        if (text.Length > MaxLength || !Uri.TryCreate(text, UriKind.Absolute, out var made)
            || Uri.Compare(made, template, UriComponents.SchemeAndServer | UriComponents.UserInfo, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) != 0)
        {
            throw new OutboundRefusedException("The arguments make no valid address.");
        }

        OutboundAddress.Check(made, options);
        return made;
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null => string.Empty,
        _ => value.GetRawText(),
    };

    [GeneratedRegex(@"\{([A-Za-z0-9_-]{1,64})\}")]
    private static partial Regex Placeholders();
}
