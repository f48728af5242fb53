using System.Text;

namespace Voice.Inference.Tests.Providers.Hearing;

/// <summary>Multipart forms as a server reads them: by their boundary.</summary>
internal static class Multipart
{
    public static byte[] File(ProviderRequest request, string name) => Parts(request).Single(part => part.Headers.Contains($"name={name}") || part.Headers.Contains($"name=\"{name}\"")).Body;

    private static IEnumerable<(string Headers, byte[] Body)> Parts(ProviderRequest request)
    {
        var boundary = Encoding.ASCII.GetBytes("--" + request.Header("Content-Type")!.Split("boundary=")[1].Trim('"'));
        var rest = request.Body.AsMemory();
        while (rest.Span.IndexOf(boundary) is >= 0 and var at)
        {
            rest = rest[(at + boundary.Length)..];
            var end = rest.Span.IndexOf(boundary);
            if (end < 0)
            {
                yield break;
            }

            var part = rest[..end];
            var blank = part.Span.IndexOf("\r\n\r\n"u8);
            yield return (Encoding.UTF8.GetString(part.Span[..blank]), part[(blank + 4)..^2].ToArray());
        }
    }
}
