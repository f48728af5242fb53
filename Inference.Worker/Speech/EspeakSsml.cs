using System.Globalization;
using System.Text;
using System.Xml;
using Voice.Core.Providers;

namespace Voice.Inference.Speech;

/// <summary>
/// SSML as espeak-ng may have it. Its own reader opens files that a document names (<c>audio</c>, a <c>voice</c> by name), so that the document is
/// written anew from what is known to be harmless; of the rest only the words remain.
/// </summary>
internal static class EspeakSsml
{
    private const int MaxDepth = 32;
    private static readonly TimeSpan LongestBreak = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestBreaks = TimeSpan.FromSeconds(60);

    private static readonly Dictionary<string, string[]> Kept = new(StringComparer.Ordinal)
    {
        ["speak"] = [],
        ["p"] = [],
        ["s"] = [],
        ["break"] = ["strength"],
        ["prosody"] = ["rate", "pitch", "range", "volume"],
        ["emphasis"] = ["level"],
        ["say-as"] = ["interpret-as", "format"],
        ["sub"] = ["alias"],
    };

    /// <summary>Nothing of these is speech.</summary>
    private static readonly string[] Silent = ["metadata", "meta", "lexicon", "lookup", "desc", "mark", "bookmark"];

    /// <exception cref="ProviderException">The text is no SSML.</exception>
    public static string Rewrite(string ssml)
    {
        var output = new StringBuilder(ssml.Length + 64);
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true };
        try
        {
            using var reader = XmlReader.Create(new StringReader(ssml), settings);
            reader.MoveToContent();
            if (reader.LocalName != "speak")
            {
                throw Refuse("its first element is not 'speak'");
            }

            Write(reader, output);
            return output.ToString();
        }
        catch (XmlException failure)
        {
            throw Refuse($"line {failure.LineNumber}, column {failure.LinePosition} is not well-formed", failure);
        }
    }

    private static void Write(XmlReader reader, StringBuilder output)
    {
        var silence = TimeSpan.Zero;
        do
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element when reader.Depth > MaxDepth:
                    throw Refuse($"its elements lie deeper than {MaxDepth}");
                case XmlNodeType.Element when Silent.Contains(reader.LocalName):
                    reader.Skip();
                    continue; // Skip has moved on already.
                case XmlNodeType.Element when Kept.TryGetValue(reader.LocalName, out var attributes):
                    Open(reader, attributes, output, ref silence);
                    break;
                case XmlNodeType.EndElement when Kept.ContainsKey(reader.LocalName):
                    output.Append("</").Append(reader.LocalName).Append('>');
                    break;
                case XmlNodeType.Element or XmlNodeType.EndElement:
                    output.Append(' ');
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                    AppendText(output, SpeakableText.ShortWords(reader.Value));
                    break;
            }

            reader.Read();
        }
        while (!reader.EOF);
    }

    private static void Open(XmlReader reader, string[] attributes, StringBuilder output, ref TimeSpan silence)
    {
        output.Append('<').Append(reader.LocalName);
        foreach (var attribute in attributes)
        {
            if (reader.GetAttribute(attribute) is { Length: > 0 and <= 200 } value)
            {
                output.Append(' ').Append(attribute).Append("=\"");
                AppendText(output, attribute == "alias" ? SpeakableText.ShortWords(value) : value);
                output.Append('"');
            }
        }

        if (reader.LocalName == "break" && Duration(reader.GetAttribute("time")) is { } pause)
        {
            pause = TimeSpan.FromTicks(Math.Min(Math.Min(pause.Ticks, LongestBreak.Ticks), (LongestBreaks - silence).Ticks));
            silence += pause;
            output.Append(CultureInfo.InvariantCulture, $" time=\"{pause.TotalMilliseconds:0}ms\"");
        }

        output.Append(reader.IsEmptyElement ? "/>" : ">");
    }

    private static TimeSpan? Duration(string? time)
    {
        var unit = time is null ? 0 : time.EndsWith("ms", StringComparison.Ordinal) ? 1 : time.EndsWith('s') ? 1_000 : 0;
        return unit > 0 && double.TryParse(time![..^(unit == 1 ? 2 : 1)], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            ? TimeSpan.FromMilliseconds(Math.Min(value * unit, LongestBreak.TotalMilliseconds))
            : null;
    }

    // Markup characters in text are spoken nowhere, and espeak-ng reads some entities as new tags.
    private static void AppendText(StringBuilder output, string text)
    {
        foreach (var c in text)
        {
            output.Append(c is '<' or '>' or '"' or '\0' ? ' ' : c is '&' ? "&amp;" : c.ToString());
        }
    }

    private static ProviderException Refuse(string what, Exception? cause = null) => new("provider_rejected", $"The SSML cannot be read: {what}.", cause);
}
