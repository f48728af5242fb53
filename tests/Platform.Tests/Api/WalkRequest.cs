using System.Text;
using System.Text.RegularExpressions;

namespace Platform.Tests.Api;

/// <summary>An operation as its document says that it is called: with its example, and an id in every place for one.</summary>
internal static partial class WalkRequest
{
    public static async Task<HttpResponseMessage> SendAsync(HttpClient client, ApiOperation operation, string id)
    {
        using var request = new HttpRequestMessage(new HttpMethod(operation.Method), Placeholder().Replace(operation.Path, id));
        if (operation.Body is { } body && body.Type == "application/json")
        {
            request.Content = new StringContent(body.Media["example"]!.ToJsonString(), Encoding.UTF8, body.Type);
        }
        else if (operation.Body is not null)
        {
            request.Content = new MultipartFormDataContent { { new ByteArrayContent([1, 2, 3]), "file", "a.wav" } };
        }

        if (operation.Parameters.Any(parameter => parameter["name"]!.GetValue<string>() == "If-Match"))
        {
            request.Headers.TryAddWithoutValidation("If-Match", "*");
        }

        return await client.SendAsync(request).OrTimeout();
    }

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Placeholder();
}
