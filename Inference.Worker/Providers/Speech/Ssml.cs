using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Voice.Core.Providers;

namespace Voice.Inference.Providers.Speech;

/// <summary>SSML for services that read it: their own document for plain text, and documents of clients, read first so that a broken one is told as such.</summary>
internal static class Ssml
{
    private static readonly XNamespace Namespace = "http://www.w3.org/2001/10/synthesis";

    /// <summary>A document that says these words; nothing in them is markup.</summary>
    public static string FromText(string text, string language, string voice, double speed)
    {
        var words = Escape(text);
        if (speed != 1)
        {
            words = string.Create(CultureInfo.InvariantCulture, $"<prosody rate='{(speed - 1) * 100:+0;-0;+0}%'>{words}</prosody>");
        }

        return $"<speak version='1.0' xmlns='{Namespace}' xml:lang='{Escape(language)}'><voice name='{Escape(voice)}'>{words}</voice></speak>";
    }

    /// <summary>A client's document as the service wants it: with its namespace and version, and with a voice where it names none.</summary>
    /// <exception cref="ProviderException">It is no SSML.</exception>
    public static string Complete(string ssml, string language, string voice)
    {
        var document = Parse(ssml);
        var root = document.Root!;
        if (root.Name.Namespace == XNamespace.None)
        {
            foreach (var element in root.DescendantsAndSelf().Where(element => element.Name.Namespace == XNamespace.None))
            {
                element.Name = Namespace + element.Name.LocalName;
            }

            root.SetAttributeValue("xmlns", Namespace.NamespaceName);
        }

        root.SetAttributeValue("version", root.Attribute("version")?.Value ?? "1.0");
        root.SetAttributeValue(XNamespace.Xml + "lang", root.Attribute(XNamespace.Xml + "lang")?.Value ?? language);
        if (!root.Descendants().Any(element => element.Name.LocalName == "voice"))
        {
            var content = root.Nodes().ToList();
            root.RemoveNodes();
            root.Add(new XElement(root.Name.Namespace + "voice", new XAttribute("name", voice), content));
        }

        return root.ToString(SaveOptions.DisableFormatting);
    }

    /// <summary>Without what could lead outside of it: no document type, no entities.</summary>
    public static XDocument Parse(string ssml)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true };
        try
        {
            using var reader = XmlReader.Create(new StringReader(ssml), settings);
            var document = XDocument.Load(reader, LoadOptions.PreserveWhitespace);
            return document.Root!.Name.LocalName == "speak" ? document : throw Refuse("its first element is not 'speak'");
        }
        catch (XmlException failure)
        {
            // Without the cause: its message may quote what was to be said.
            throw Refuse($"line {failure.LineNumber}, column {failure.LinePosition} is not well-formed");
        }
    }

    /// <summary>Characters that XML cannot have become spaces; so do the returns, of which two in a row end the headers of some protocols.</summary>
    public static string Escape(string text)
    {
        var result = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                result.Append(c).Append(text[++i]);
                continue;
            }

            _ = c switch
            {
                '<' => result.Append("&lt;"),
                '>' => result.Append("&gt;"),
                '&' => result.Append("&amp;"),
                '\'' => result.Append("&apos;"),
                '"' => result.Append("&quot;"),
                '\r' => result.Append(' '),
                _ => result.Append(XmlConvert.IsXmlChar(c) ? c : ' '),
            };
        }

        return result.ToString();
    }

    private static ProviderException Refuse(string what) => new("provider_rejected", $"The SSML cannot be read: {what}.");
}
